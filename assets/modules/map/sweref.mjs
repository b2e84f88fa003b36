/* SWEREF 99 TM, the metres of Swedish maps, as degrees: Lantmäteriet's formula (Gauss–Krüger). */

const FLATTENING = 1 / 298.257222101; /* of GRS 80 */
const AXIS = 6_378_137;
const [MERIDIAN, SCALE, FALSE_EAST] = [15, 0.9996, 500_000];

const n = FLATTENING / (2 - FLATTENING);
const RADIUS = (AXIS / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
const DELTAS = [
  n / 2 - (2 * n ** 2) / 3 + (37 * n ** 3) / 96 - n ** 4 / 360,
  n ** 2 / 48 + n ** 3 / 15 - (437 * n ** 4) / 1440,
  (17 * n ** 3) / 480 - (37 * n ** 4) / 840,
  (4397 * n ** 4) / 161280,
];
const E2 = FLATTENING * (2 - FLATTENING);
const LATITUDES = [
  E2 + E2 ** 2 + E2 ** 3 + E2 ** 4,
  -(7 * E2 ** 2 + 17 * E2 ** 3 + 30 * E2 ** 4) / 6,
  (224 * E2 ** 3 + 889 * E2 ** 4) / 120,
  -(4279 * E2 ** 4) / 1260,
];

/* Longitude and latitude of a point that is given east and north. */
export function degrees([east, north]) {
  const xi = north / (SCALE * RADIUS);
  const eta = (east - FALSE_EAST) / (SCALE * RADIUS);
  const sum = (one, other) => DELTAS.reduce((total, delta, i) => total + delta * one(2 * (i + 1) * xi) * other(2 * (i + 1) * eta), 0);
  const [xiPrime, etaPrime] = [xi - sum(Math.sin, Math.cosh), eta - sum(Math.cos, Math.sinh)];
  const phi = Math.asin(Math.sin(xiPrime) / Math.cosh(etaPrime));
  const lambda = Math.atan2(Math.sinh(etaPrime), Math.cos(xiPrime));
  const square = Math.sin(phi) ** 2;
  const more = LATITUDES.reduceRight((total, part) => total * square + part, 0);
  const latitude = phi + Math.sin(phi) * Math.cos(phi) * more;
  return [MERIDIAN + (lambda * 180) / Math.PI, (latitude * 180) / Math.PI];
}
