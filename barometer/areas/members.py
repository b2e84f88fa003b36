"""Which areas of every level and division an own area consists of."""

from typing import Final

COMPLETE_FROM: Final = 0.999  # the weight from which an area lies wholly in the own area
UNCERTAIN_AT_MOST: Final = 0.05  # of the residents, where borders moved between the divisions

# `chosen` has own_id and area_id, the areas that somebody chose: of one level and division for
# each own area. The answer has every level and division in which they are a whole: the areas
# below, those above when all of one is chosen, and those of the other division by the crosswalk.
# `weight` is the share of the area's residents that live in the own area; a division in which more
# than `$uncertain` of the residents are on one side of a border by estimate alone is left out, and
# so is one in which nobody knows what became of one of the areas: its residents would be lost.
MEMBERS_SQL: Final = """
WITH picked AS (
    SELECT c.own_id, a.area_id, a.level, a.division
    FROM chosen AS c JOIN areas AS a ON a.area_id = c.area_id
),
down AS (
    SELECT own_id, area_id, level, division FROM picked
    UNION
    SELECT p.own_id, a.area_id, a.level, a.division
    FROM picked AS p JOIN areas AS a ON a.parent_id = p.area_id
    WHERE p.level = 'regso' AND a.level = 'deso'
    UNION
    SELECT p.own_id, a.area_id, a.level, a.division
    FROM picked AS p JOIN areas AS a ON a.kommun_id = p.area_id
    WHERE p.level = 'kommun' AND a.level IN ('regso', 'deso')
),
above AS (
    SELECT d.own_id, r.area_id, r.level, r.division, count(*) AS n
    FROM down AS d
    JOIN areas AS a ON a.area_id = d.area_id
    JOIN areas AS r ON r.area_id = a.parent_id AND r.level = 'regso'
    WHERE d.level = 'deso'
    GROUP BY ALL
),
inside AS (
    SELECT parent_id AS area_id, count(*) AS n FROM areas WHERE level = 'deso' GROUP BY parent_id
),
broken AS (
    SELECT DISTINCT own_id, division FROM above JOIN inside USING (area_id)
    WHERE above.n < inside.n
),
plain AS (
    SELECT own_id, area_id, level, division, 1.0 AS weight FROM down
    UNION
    SELECT own_id, area_id, level, division, 1.0 FROM above
    WHERE (own_id, division) NOT IN (FROM broken)
),
back AS (
    SELECT p.own_id, x.from_id AS area_id, sum(x.weight_population) AS weight
    FROM plain AS p JOIN crosswalk AS x ON x.to_id = p.area_id
    GROUP BY ALL
),
entering AS (
    SELECT x.to_id AS area_id,
        x.from_id, x.weight_population * coalesce(a.population, 1) AS residents
    FROM crosswalk AS x JOIN areas AS a ON a.area_id = x.from_id
),
arrived AS (SELECT area_id, sum(residents) AS residents FROM entering GROUP BY area_id),
forth AS (
    SELECT p.own_id, i.area_id,
        coalesce(sum(i.residents) / nullif(any_value(w.residents), 0), 1) AS weight
    FROM plain AS p
    JOIN entering AS i ON i.from_id = p.area_id
    JOIN arrived AS w ON w.area_id = i.area_id
    GROUP BY ALL
),
matched AS (SELECT from_id AS area_id FROM crosswalk UNION SELECT to_id FROM crosswalk),
lost AS (
    SELECT DISTINCT p.own_id, p.level FROM plain AS p ANTI JOIN matched USING (area_id)
),
carried AS (
    SELECT c.own_id, a.area_id, a.level, a.division, least(c.weight, 1.0) AS weight, a.population
    FROM (FROM back UNION ALL FROM forth) AS c JOIN areas AS a ON a.area_id = c.area_id
    WHERE c.weight > 0.001 AND (c.own_id, a.level) NOT IN (FROM lost)
        AND NOT EXISTS (
            FROM plain AS p
            WHERE p.own_id = c.own_id AND p.level = a.level AND p.division = a.division
        )
),
doubt AS (
    SELECT own_id, level, division,
        sum(coalesce(population, 1) * least(weight, 1 - weight)) AS uncertain,
        sum(coalesce(population, 1) * weight) AS residents
    FROM carried GROUP BY ALL
)
SELECT own_id, area_id, level, division, weight FROM plain
UNION ALL
SELECT own_id, area_id, level, division, if(weight >= $complete, 1.0, weight)
FROM carried JOIN doubt USING (own_id, level, division)
WHERE uncertain <= $uncertain * residents
"""
