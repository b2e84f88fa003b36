"""The words of the page about operation."""

from typing import Final

from barometer.catalogue import Text

NAME: Final = Text("Driftläge", "Operation")
LEAD: Final = Text(
    "Status för webbplatsen och dess data, för driftansvariga.",
    "How the site and its data fare, for whoever runs it.",
)
SERVED: Final = Text("Ögonblicksbild som visas", "Snapshot that is served")
NONE: Final = Text("ingen", "none")
BUILT: Final = Text("Byggd", "Built")
AGE: Final = Text("{days} dygn sedan", "{days} days ago")
TODAY: Final = Text("mindre än ett dygn sedan", "less than a day ago")
FAULT: Final = Text("Fel", "Fault")
KEPT: Final = Text("Sparade", "Kept")
LAST_RUN: Final = Text("Senaste körning", "Last run")
LAST_SUCCESS: Final = Text("Senaste lyckade körning", "Last run that ended well")
LAST_ERROR: Final = Text("Senaste misslyckade körning", "Last run that failed")
RAN: Final = Text(
    "{command}, slutade {day}, tog {seconds} s, kod {code}: {message}",
    "{command}, ended {day}, took {seconds} s, code {code}: {message}",
)
BACK: Final = Text(
    "Gå tillbaka till föregående dataversion", "Go back to the previous data version"
)
FOR_MACHINES: Final = Text("För övervakning", "For monitoring")
DATA: Final = Text("Data och metod", "Data and methods")
