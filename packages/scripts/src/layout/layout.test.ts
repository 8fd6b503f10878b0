import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../lib/paths";
import { findArrows, findRooms, findTurningBack, measureLengths, type Sources } from "./measure";
import { readSources } from "./read-sources";
import { DECISION, GOALS, MODULE, ROOMS, TURNING_BACK } from "./rooms";

const sources = readSources();
const nameOf = ({ from, to }: { from: string; to: string }) => `${from} → ${to}`;

describe("the experiments module", () => {
  const arrows = findArrows(sources, MODULE);

  test("has the rooms that the order names, and no others", () => {
    expect(findRooms(sources, MODULE)).toEqual([...ROOMS].sort());
    expect(ROOMS.length).toBeLessThanOrEqual(GOALS.rooms);
  });

  test("has the rooms that the tree in its README names", () => {
    const readme = fs.readFileSync(path.join(root, MODULE, "README.md"), "utf8");
    const [tree = ""] = /^types\/ [\s\S]*?(?=^index\.ts)/m.exec(readme) ?? [];
    const named = tree.split("\n").flatMap(
      (line) =>
        line
          .match(/^(\S+\/ +)+/)?.[0]
          .trim()
          .split(/\/ +|\/$/) ?? [],
    );
    const folders = ROOMS.filter((room) => room !== ".");
    expect(named.filter((name) => name !== "").sort()).toEqual([...folders, "components"].sort());
  });

  test("has few arrows from room to room", () => {
    expect(arrows.length / ROOMS.length).toBeLessThanOrEqual(GOALS.arrowsPerRoom);
  });

  test("imports along the order, but where a decision says why not", () => {
    const back = findTurningBack(arrows, ROOMS);
    expect(back.map(nameOf).sort(), JSON.stringify(back, null, 1)).toEqual([...TURNING_BACK].sort());
    expect(back.length).toBeLessThanOrEqual(GOALS.turningBack);
    const decision = readDecision();
    for (const arrow of TURNING_BACK) expect(decision).toContain(`\`${arrow}\``);
  });
});

test("no file is longer than a few screens, those of browser tests included", () => {
  const { p90, longest } = measureLengths(sources, GOALS.longestFile);
  expect(longest).toEqual([]);
  expect(p90).toBeLessThanOrEqual(GOALS.p90);
});

describe("of a planted tree", () => {
  const tree = (files: Record<string, string>): Sources => new Map(Object.entries(files));

  test("rooms are folders with sources that are shipped", () => {
    const planted = tree({
      "m/index.ts": "",
      "m/a/x.ts": "",
      "m/a/testing/fake.ts": "",
      "m/b/x.test.ts": "",
      "m/components/List.tsx": "",
      "other/c/x.ts": "",
    });
    expect(findRooms(planted, "m")).toEqual([".", "a"]);
  });

  test("an arrow is found for every kind of import, once for two rooms, and none within a room", () => {
    const planted = tree({
      "m/a/one.ts": 'import type { X } from "../b/x"; export { y } from "../b";',
      "m/a/two.ts": 'import "./one"; const late = import("../c/x");',
      "m/a/x.test.ts": 'import "../d/x";',
      "m/b/x.ts": "",
      "m/b/index.ts": "",
      "m/c/x.tsx": "",
      "m/d/x.ts": "",
    });
    expect(findArrows(planted, "m").map(nameOf)).toEqual(["a → b", "a → c"]);
  });

  test("an import against the order turns back, and a room without a place is refused", () => {
    const planted = tree({ "m/low/x.ts": 'import "../high/x";', "m/high/x.ts": 'import "../low/x";' });
    const arrows = findArrows(planted, "m");
    expect(findTurningBack(arrows, ["low", "high"])).toEqual([
      { from: "low", to: "high", because: "m/low/x.ts imports m/high/x.ts" },
    ]);
    expect(() => findTurningBack(arrows, ["low"])).toThrow("high");
  });

  test("a file one line too long is found, in the browser's tests too, and a unit test may be longer", () => {
    const text = (lines: number) => "x;\n".repeat(lines);
    const planted = tree({
      "m/long.ts": text(6),
      "m/fits.ts": text(5),
      "m/long.test.ts": text(9),
      "m/playwright/long.e2e.ts": text(7),
      "m/testing/long.ts": text(8),
    });
    expect(measureLengths(planted, 5)).toEqual({
      p90: 6,
      longest: [
        { file: "m/long.ts", lines: 6 },
        { file: "m/playwright/long.e2e.ts", lines: 7 },
        { file: "m/testing/long.ts", lines: 8 },
      ],
    });
  });
});

function readDecision(): string {
  const dir = path.join(root, "docs/decisions");
  const file = fs.readdirSync(dir).find((name) => name.endsWith(`-${DECISION}.md`));
  if (file === undefined) throw new Error(`There is no decision ${DECISION}.`);
  return fs.readFileSync(path.join(dir, file), "utf8");
}
