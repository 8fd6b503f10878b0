import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { STATEMENTS, WRITE_ANEW } from "./testing/statements";

const dir = path.join(import.meta.dirname, "statements");
const committed = fs.readdirSync(dir).sort();

describe("the statements that are committed", () => {
  // Vitest compares them as snapshots: `-u` is its switch.
  test.each(STATEMENTS)("$file is what the code builds", async ({ file, text }) => {
    const hint = `${file} is not what the code builds. Look at the difference, and write it anew by \`${WRITE_ANEW}\``;
    await expect(text, hint).toMatchFileSnapshot(path.join(dir, file));
  });

  test("are one file for each unit and kind of metric, and no others", () => {
    const files = STATEMENTS.map(({ file }) => file).sort();
    expect(
      committed,
      "A file that was missing has been written: commit it. Remove what the code no longer builds.",
    ).toEqual(files);
  });
});
