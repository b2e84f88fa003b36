"""What lies in a place: riket, a län, a kommun, or an own area that consists of it."""


def inside(place: str, *, areas: str = "a") -> str:
    """The condition that a row of `areas` lies in the place that a parameter names.

    Of an own area those areas of the year's division that lie mostly in it.
    """
    return f"""(
        {place} IN ('00', {areas}.lan_id, {areas}.kommun_id) OR {areas}.area_id IN (
            SELECT m.area_id FROM memberships AS m WHERE m.own_id = {place} AND m.weight > 0.5
        )
    )"""
