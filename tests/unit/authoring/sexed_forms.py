"""Forms whose rows name in their labels whose sex they are about."""

from __future__ import annotations

from tests.unit.authoring.partly_named_forms import form

SEXED_FORMS = (
    form(
        "flickor-och-pojkar-pa-rader.txt",
        "Grundskolan 2024\n\nIndikator\tKil 2024\n"
        "Behöriga till yrkesprogram, flickor, %\t86\nBehöriga till yrkesprogram, pojkar, %\t81\n"
        "Behöriga till yrkesprogram, %\t83\nUnga kvinnor med psykisk ohälsa, %\t45\n"
        "Elever (killar) som mår bra, %\t80\n",
        """1715 2024 F percent: 86
        1715 2024 M percent: 81
        1715 2024 percent: 83
        1715 2024 F percent: 45
        1715 2024 M percent: 80""",
    ),
    # What is done to women is told of in all, unless another row tells it of men.
    form(
        "mot-kvinnor.txt",
        "Trygghet 2024\n\nMått\tKil 2024\nBrott mot kvinnor, antal\t82\nBrott mot män, antal\t2\n"
        "Stöd till våldsutsatta kvinnor, antal\t72\nKvinnors lön som andel av mäns lön (%)\t98\n"
        "Skillnad mellan män och kvinnor, procentenheter\t7\n",
        """1715 2024 F count: 82
        1715 2024 M count: 2
        1715 2024 count: 72
        1715 2024 percent: 98
        1715 2024 percentage_points: 7""",
    ),
    form(
        "under-flickor-och-pojkar.txt",
        "Resultat 2024\n\nMått\tKil 2023\tKil 2024\nFlickor\t\t\nBehöriga (%)\t85\t86\n"
        "Nöjda (%)\t75\t76\nPojkar\t\t\nBehöriga (%)\t65\t66\nNöjda (%)\t55\t56\n",
        """1715 2023 F percent: 85
        1715 2024 F percent: 86
        1715 2023 F percent: 75
        1715 2024 F percent: 76
        1715 2023 M percent: 65
        1715 2024 M percent: 66
        1715 2023 M percent: 55
        1715 2024 M percent: 56""",
    ),
    form(
        "kon-i-mattet.csv",
        "Kommun;År;Mått;Värde\nKil;2024;Nöjda flickor, %;81\nKil;2024;Nöjda pojkar, %;71\n"
        "Arvika;2024;Nöjda flickor, %;61\nArvika;2024;Nöjda pojkar, %;51\n",
        """1715 2024 F percent: 81
        1715 2024 M percent: 71
        1784 2024 F percent: 61
        1784 2024 M percent: 51""",
        None,
        2,
    ),
    form(
        "fl-po-tot.txt",
        "Enkät 2024\n\nMått\tFl\tPo\tTot\nAndel nöjda, %\t81\t71\t76\n"
        "Andel trygga, %\t82\t72\t77\n",
        """1715 2024 F percent: 81 82
        1715 2024 M percent: 71 72
        1715 2024 percent: 76 77""",
    ),
    form(
        "varav-flickor.txt",
        "Barn och unga 2024\n\nMått\tTotalt\tVarav flickor\tVarav pojkar\n"
        "Placerade barn, antal\t20\t8\t12\nAnmälningar, antal\t200\t90\t110\n",
        """1715 2024 count: 20 200
        1715 2024 F count: 8 90
        1715 2024 M count: 12 110""",
    ),
    form(
        "kvinna-man.txt",
        "Enkät 2024\n\nMått\tKvinna\tMan\tTotalt\nAndel nöjda, %\t81\t71\t76\n"
        "Andel trygga, %\t82\t72\t77\n",
        """1715 2024 F percent: 81 82
        1715 2024 M percent: 71 72
        1715 2024 percent: 76 77""",
    ),
    form(
        "f-p-alla.txt",
        "Enkät 2024\n\nMått\tF\tP\tAlla\nAndel nöjda, %\t81\t71\t76\nAndel trygga, %\t82\t72\t77\n",
        """1715 2024 F percent: 81 82
        1715 2024 M percent: 71 72
        1715 2024 percent: 76 77""",
    ),
)
