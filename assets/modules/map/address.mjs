/* The part of the address that is the browser's own: where the map looks, as #zoom/lat/lon. */

const MOST = { zoom: 20, lat: 85, lon: 180 };

/* The camera of a hash; null where it says none. */
export function cameraOf(hash) {
  const parts = hash.replace(/^#/, "").split("/").map(Number);
  if (parts.length !== 3 || parts.some((n) => !Number.isFinite(n))) {
    return null;
  }
  const [zoom, lat, lon] = parts;
  const inside = zoom >= 0 && zoom <= MOST.zoom && Math.abs(lat) <= MOST.lat && Math.abs(lon) <= MOST.lon;
  return inside ? { zoom, center: [lon, lat] } : null;
}

/* The hash of a camera; a pixel's worth of decimals. */
export function hashOf({ zoom, center: [lon, lat] }) {
  const decimals = Math.max(1, Math.ceil((zoom * Math.LN2 + Math.log(512 / 360 / 0.5)) / Math.LN10));
  const round = (n, d) => Number(n.toFixed(d));
  return `#${round(zoom, 2)}/${round(lat, decimals)}/${round(lon, decimals)}`;
}

/* How the browser's history follows a view: "replace", "push" or nothing to do.

   An address that the page completes replaces its entry; years in a row are one step back. */
export function step({ trigger, streak, same, remarked }) {
  if (trigger === "url") {
    return remarked ? null : "replace";
  }
  if (same) {
    return null;
  }
  return trigger === "year" && streak ? "replace" : "push";
}
