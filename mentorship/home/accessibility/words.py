"""What the accessibility statement says. Each line of TESTED is held by tests of the browser; what is not, is LEFT."""

from mentorship.base.i18n import N_

TESTED = (
    N_("Every page by axe, against the rules of WCAG 2.2 A and AA: light and dark, on a desk and on a phone."),
    N_(
        "Every page at 320 pixels wide, with letters twice as large, and with lines, letters and words further apart: "
        "nothing scrolls sideways."
    ),
    N_("Everything there is to press, but for links within a sentence, is at least 48 pixels high on a phone."),
    N_("The edges of fields and buttons stand out at least 3 to 1; words at least 4.5 to 1, large ones 3 to 1."),
    N_("To ask for a mentor, to search and to filter a list by keyboard alone; the main jobs without JavaScript."),
    N_("In the colours of the system, for who reads with high contrast: what is chosen stays visible."),
    N_("What a screen reader is told on the main pages is kept as text, and read when it changes."),
    N_("After a mistake in a form the page says so at the top, leads to the field and keeps what you typed."),
)
LEFT = (
    N_("No outside office has looked at it yet, and nobody who uses a screen reader every day has tried every page."),
    N_("Printed pages follow the page, but a printed sheet has no tags for a screen reader."),
    N_("Words that people fill in themselves are shown in the language in which they wrote them."),
)
