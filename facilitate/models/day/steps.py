"""Steps that a host can put into the agenda, with the words they begin with."""

from __future__ import annotations

from typing import Any

BEFORE_SCORING = ("vote", "weigh", "score")
"""Their order: fewer ideas first, then what counts how much."""
BETWEEN = ("presentation", "break")
"""Steps that a host may put anywhere between the others."""

STEPS: dict[str, dict[str, Any]] = {
    "vote": {
        "minutes": 10,
        "title": {"en": "Cut-off vote", "fr": "Vote de présélection", "ar": "تصويت أولي"},
        "prompt": {
            "en": "Tick every idea that you would keep for scoring. As many as you like.",
            "fr": "Cochez toutes les idées que vous garderiez pour la notation. Autant que vous voulez.",
            "ar": "ضعوا علامة على كل فكرة تريدون إبقاءها للتقييم، بأي عدد تشاؤون.",
        },
        "say": {
            "en": "There are more ideas than we have time to score well. Tick those that you would keep. "
            "What does not go on stays on the wall and in the report.",
            "fr": "Il y a plus d’idées que nous n’avons le temps d’en noter avec soin. Cochez celles que vous "
            "garderiez. Les autres restent au mur et dans le rapport.",
            "ar": "عدد الأفكار أكبر مما يسمح الوقت بتقييمه جيداً. ضعوا علامة على ما تريدون إبقاءه. "
            "وما لا ينتقل يبقى على الجدار وفي التقرير.",
        },
    },
    "weigh": {
        "minutes": 5,
        "title": {"en": "What counts most", "fr": "Ce qui compte le plus", "ar": "ما الأهم"},
        "prompt": {
            "en": "Share 100 points among the criteria: more points for what should count more.",
            "fr": "Répartissez 100 points entre les critères : plus de points à ce qui devrait compter davantage.",
            "ar": "وزّعوا 100 نقطة على المعايير: نقاط أكثر لما ينبغي أن يكون أهم.",
        },
        "say": {
            "en": "Before we score, we decide together how much each criterion counts. Everybody has 100 points. "
            "The mean of all points becomes the weight.",
            "fr": "Avant de noter, nous décidons ensemble du poids de chaque critère. Chaque personne a 100 points. "
            "La moyenne de tous les points devient le poids.",
            "ar": "قبل التقييم نقرر معاً وزن كل معيار. لكل شخص 100 نقطة، ويصبح متوسط النقاط كلها هو الوزن.",
        },
    },
    "presentation": {
        "minutes": 15,
        "title": {"en": "Presentation", "fr": "Présentation", "ar": "عرض"},
    },
    "break": {
        "minutes": 15,
        "title": {"en": "Break", "fr": "Pause", "ar": "استراحة"},
        "prompt": {
            "en": "We go on when the time is up.",
            "fr": "Nous reprenons à la fin du temps.",
            "ar": "نواصل عند انتهاء الوقت.",
        },
    },
}
