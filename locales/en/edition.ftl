### The transparency page: what became of the reports, for everybody.

edition-title = Reports from the public, and their outcomes
edition-about = { $office } · reports that came in until { DATETIME($until, dateStyle: "long") }
edition-none = There are not enough reports to show. Fewer than 5 are not shown.
edition-total = Reports received: { $count }
edition-days-read = Median until an officer read it: { $days } days.
edition-days-closed = Median until it was closed: { $days } days.
edition-months = Per month
edition-kinds = By kind
edition-places = By place
edition-outcomes = By outcome
edition-sanctions = Sanctions in reports found proven
edition-others = others, put together
edition-open = being handled
edition-unknown = not named
edition-rule =
    Numbers below 5 are put together as "others".
    So that nobody can be recognised, sometimes one more number joins them.
edition-guilt =
    A report is a suspicion, not yet proven.
    Reports already erased from the system are not counted.
edition-language = Bahasa Indonesia
