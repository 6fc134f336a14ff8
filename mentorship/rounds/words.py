"""The words for rounds: states, stages, and what each rule of the funnel asks."""

from mentorship.base.i18n import N_

STATUS_NAMES = {
    "draft": N_("draft"),
    "solving": N_("finding pairs"),
    "solved": N_("pairs found"),
    "announced": N_("announced"),
    "published": N_("published"),
    "closed": N_("closed"),
}
STAGES = {
    "": N_("Waiting its turn"),
    "read": N_("Reading requests and places"),
    "gather": N_("Finding and scoring eligible pairs"),
    "solve": N_("Looking for the best pairs and proving it"),
    "write": N_("Writing the outcome"),
}
FUNNEL = (
    N_("not oneself"),
    N_("enough expertise for the main need, and willing"),
    N_("neither is the other's manager, or above that"),
    N_("nobody said “rather not”, and not an earlier pair"),
    N_("a working language in common"),
    N_("same site, or both able to work remotely"),
    N_("at work together often enough"),
    N_("not paused, with a free place"),
    N_("a score above the floor, and not kept apart"),
)
TRAINER = N_("a practice trainer, as the request asks")
COMPETITION = N_("Every eligible mentor is taken by another request: there are too few places.")
STOPPED = N_("Nobody remains after: %(rule)s.")
REASONS = {
    "self": N_("there is no other mentor"),
    "expertise": N_("nobody can do it and wants to pass it on"),
    "trainer": N_("who can do it is no practice trainer"),
    "line": N_("who can do it is their manager, or above that"),
    "apart": N_("“rather not”, or a pair before"),
    "language": N_("no working language in common"),
    "site": N_("who can do it works at another site"),
    "meeting": N_("too few shifts together"),
    "place": N_("who can do it has no place"),
    "floor": N_("fits too little, or kept apart"),
    "rivals": N_("the places go to others"),
}
"""Why nobody was found, by the rule that stopped a request."""
HELPS = {
    "trainer": N_("a colleague who gets the certificate"),
    "meeting": N_("another roster, or at a distance"),
    "place": N_("one more place helps"),
    "rivals": N_("one more place can help"),
}
"""What would help against some of those reasons."""
VERBS = {
    "open round": N_("opened the round"),
    "change round": N_("changed the settings"),
    "solve round": N_("had pairs found"),
    "stop solving": N_("stopped the search"),
    "lock pair": N_("locked a pair"),
    "forbid pair": N_("kept a pair apart"),
    "release pair": N_("released a pair"),
    "note about request": N_("noted something about a request"),
    "withdraw note about request": N_("withdrew a note"),
    "announce round": N_("announced the pairs to the managers"),
    "withdraw announcement": N_("withdrew the announcement"),
    "object to pair": N_("objected to a pair"),
    "find pair fine": N_("found a pair fine"),
    "find announced pairs again": N_("had pairs found again, for a rule no longer held"),
    "publish round": N_("published the round"),
    "close round": N_("closed the round"),
}


def funnel_words(count: int) -> tuple[str, ...]:
    """Return the rules of a funnel of so many counts; one more than usual has the practice trainers in it."""
    if count == len(FUNNEL):
        return FUNNEL
    return (*FUNNEL[:2], TRAINER, *FUNNEL[2:])
