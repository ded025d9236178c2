"""Small numbers: what must not leave the workspace, and nothing that it can be told from.

A count of fewer persons than the workspace's limit is a small number. It is held back (primary
suppression), and so are as many other figures as it takes for no sum, difference or share to give
it back (secondary suppression). The method is cell suppression as in A. Hundepool et al.,
*Statistical Disclosure Control* (Wiley 2012), chapter 4: the least figures are chosen one by one,
and the choice is audited by linear programming, as in M. Fischetti and J. J. Salazar,
*Models and algorithms for optimizing cell suppression* (JASA 95, 2000).
"""
