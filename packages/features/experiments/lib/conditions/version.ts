/** The release numbers and pre-release identifiers of a version. */
export interface Version {
  release: readonly bigint[];
  /** Empty for a release, which comes after all of its pre-releases. */
  prerelease: readonly (string | bigint)[];
}

const RELEASE_PARTS = 4;
const MAX_CHARS = 128;
const shape = /^v?(\d+(?:\.\d+){0,3})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * One to four numbers (those left out are 0), then a pre-release and a build as in SemVer 2; a leading `v` is ignored.
 * A number that begins with a needless 0 is none in SemVer: null, so that 02.0.0 is not taken for 2.0.0.
 */
export function parseVersion(text: unknown): Version | null {
  if (typeof text !== "string" || text.length > MAX_CHARS) return null;
  const parts = shape.exec(text);
  if (parts === null) return null;
  const numbers = (parts[1] ?? "").split(".");
  const identifiers = parts[2] === undefined ? [] : parts[2].split(".");
  if (numbers.some(hasNeedlessZero) || identifiers.some(hasNeedlessZero)) return null;
  const release = numbers.map(BigInt);
  while (release.length < RELEASE_PARTS) release.push(0n);
  return { release, prerelease: identifiers.map(identifierOf) };
}

/** Negative, zero or positive by the precedence of SemVer 2.0.0, section 11: builds do not count. */
export function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < RELEASE_PARTS; index++) {
    const order = compare(a.release[index] ?? 0n, b.release[index] ?? 0n);
    if (order !== 0) return order;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0)
    return b.prerelease.length - a.prerelease.length;
  const shared = Math.min(a.prerelease.length, b.prerelease.length);
  for (let index = 0; index < shared; index++) {
    const order = compareIdentifiers(a.prerelease[index] ?? 0n, b.prerelease[index] ?? 0n);
    if (order !== 0) return order;
  }
  return a.prerelease.length - b.prerelease.length;
}

const hasNeedlessZero = (text: string): boolean => /^0\d+$/.test(text);
const identifierOf = (text: string): string | bigint => (/^\d+$/.test(text) ? BigInt(text) : text);

/** Numbers come before words; words go by code unit. */
function compareIdentifiers(a: string | bigint, b: string | bigint): number {
  if (typeof a === "bigint" && typeof b === "bigint") return compare(a, b);
  if (typeof a === "bigint") return -1;
  if (typeof b === "bigint") return 1;
  return compare(a, b);
}

function compare<Part extends string | bigint>(a: Part, b: Part): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
