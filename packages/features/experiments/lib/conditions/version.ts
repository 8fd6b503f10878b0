/** The release numbers and pre-release identifiers of a version. */
export interface Version {
  release: readonly number[];
  /** Empty for a release, which comes after all of its pre-releases. */
  prerelease: readonly (string | number)[];
}

const RELEASE_PARTS = 4;
const MAX_CHARS = 128;
// At most 15 digits: what a double holds exactly.
const shape =
  /^v?(\d{1,15}(?:\.\d{1,15}){0,3})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

/** One to four numbers (those left out are 0), then a pre-release and a build as in SemVer 2; a leading `v` is ignored. */
export function parseVersion(text: unknown): Version | null {
  if (typeof text !== "string" || text.length > MAX_CHARS) return null;
  const parts = shape.exec(text);
  if (parts === null) return null;
  const release = (parts[1] ?? "").split(".").map(Number);
  while (release.length < RELEASE_PARTS) release.push(0);
  const prerelease = parts[2] === undefined ? [] : parts[2].split(".").map(identifierOf);
  return { release, prerelease };
}

/** Negative, zero or positive by the precedence of SemVer 2.0.0, section 11: builds do not count. */
export function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < RELEASE_PARTS; index++) {
    const order = (a.release[index] ?? 0) - (b.release[index] ?? 0);
    if (order !== 0) return order;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0)
    return b.prerelease.length - a.prerelease.length;
  const shared = Math.min(a.prerelease.length, b.prerelease.length);
  for (let index = 0; index < shared; index++) {
    const order = compareIdentifiers(a.prerelease[index] ?? 0, b.prerelease[index] ?? 0);
    if (order !== 0) return order;
  }
  return a.prerelease.length - b.prerelease.length;
}

const identifierOf = (text: string): string | number => (/^\d{1,15}$/.test(text) ? Number(text) : text);

/** Numbers come before words; words go by code unit. */
function compareIdentifiers(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "number") return -1;
  if (typeof b === "number") return 1;
  return a === b ? 0 : a < b ? -1 : 1;
}
