import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { compareVersions, parseVersion, type Version } from "./version";

function parsed(text: string): Version {
  const version = parseVersion(text);
  if (version === null) throw new Error(`${text} is no version.`);
  return version;
}

const number = fc.nat({ max: 30 });
const version = fc
  .tuple(
    fc.array(number, { minLength: 1, maxLength: 4 }),
    fc.array(fc.oneof(number.map(String), fc.constantFrom("alpha", "beta", "rc", "-1", "x10")), {
      maxLength: 3,
    }),
    fc.constantFrom("", "+build", "+5.6"),
  )
  .map(([release, prerelease, build]) => {
    return `${release.join(".")}${prerelease.length > 0 ? `-${prerelease.join(".")}` : ""}${build}`;
  });

describe("versions", () => {
  it("sort as SemVer 2.0.0 says, with one to four numbers", () => {
    const sorted = [
      "0.9.99",
      "1.0.0-0",
      "1.0.0-99",
      "1.0.0-100",
      "1.0.0-9007199254740992",
      "1.0.0-9007199254740993",
      "1.0.0-20261129235959123456",
      "1.0.0-100000000000000000000",
      "1.0.0--1",
      "1.0.0-alpha",
      "1.0.0-alpha.1",
      "1.0.0-alpha.beta",
      "1.0.0-beta",
      "1.0.0-beta.2",
      "1.0.0-beta.11",
      "1.0.0-rc.1",
      "1",
      "1.0.0.1",
      "1.0.1",
      "1.2",
      "1.10",
      "120.0.6099.109",
      "120.0.6099.1000",
      "121.0.0.9007199254740992",
      "121.0.0.9007199254740993",
    ];
    for (const [index, text] of sorted.entries())
      for (const [other, otherText] of sorted.entries())
        expect(
          Math.sign(compareVersions(parsed(text), parsed(otherText))),
          `${text} against ${otherText}`,
        ).toBe(Math.sign(index - other));
  });

  it.each([
    ["v1.2.3", "1.2.3"],
    ["1.2.3+build", "1.2.3+other"],
    ["1.2", "1.2.0"],
    ["2", "2.0.0.0"],
  ])("%s is the same as %s", (a, b) => {
    expect(compareVersions(parsed(a), parsed(b))).toBe(0);
  });

  it.each([
    "",
    "v",
    "a.b.c",
    "1.2.3.4.5",
    "01.2.3",
    "1.02.3",
    "1.2.3-01",
    "1.2.3-rc.007",
    "1..2",
    "1.2.3-",
    "1.2.3-a..b",
    "1.2.3-ä",
    " 1.2.3",
    "1.2.3\n",
    "1,2",
    1.2,
    null,
  ])("%j is no version", (value) => {
    expect(parseVersion(value)).toBeNull();
  });

  test.prop([version, version, version])("have one order: total, antisymmetric and transitive", (a, b, c) => {
    const [first, second, third] = [a, b, c].map(parsed).sort(compareVersions);
    if (!first || !second || !third) throw new Error("Three were sorted.");
    expect(compareVersions(first, third)).toBeLessThanOrEqual(0);
    expect(Math.sign(compareVersions(second, first))).toBe(-Math.sign(compareVersions(first, second)) + 0);
  });
});
