"""Properties that several entity types have."""

from clew.schema.entity_type import Property

RATED = (
    Property("rating", "Rating", "number"),
    Property("confidence", "Confidence", "integer"),
    Property("description", "Description"),
    Property("date_added", "Added", "moment"),
    Property("date_modified", "Modified", "moment"),
    Property("owner", "Owner"),
    Property("web_link", "In the platform", "url"),
)
"""What a threat platform says of an indicator."""

REPUTATION = (
    Property("reputation", "Reputation"),
    Property("reputation_score", "Reputation score", "integer"),
    Property("ever_compromised", "Ever compromised", "boolean"),
)
"""What a reputation service says of a host."""
