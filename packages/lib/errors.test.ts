import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { AppError, isAppError } from "./errors";

const root = path.resolve(import.meta.dirname, "../..");

test("an error of another copy of this module is told by what it is", () => {
  class FromAnotherBundle extends Error {
    readonly kind = "not_found";
    readonly code = "not_found";
  }
  expect(isAppError(new FromAnotherBundle())).toBe(true);
  expect(isAppError(new AppError("conflict", "taken", "Taken."))).toBe(true);
  for (const other of [new Error("not_found"), { kind: "not_found", code: "x" }, null])
    expect(isAppError(other)).toBe(false);
});

// What starts with the server is a bundle of its own: services that it made throw errors of its own classes, and a page
// that asked by instanceof called a missing experiment a fault of ours.
test("nobody asks for the class of an error that another bundle may have thrown", () => {
  const asking = ["apps/web", "packages/features", "packages/trpc"].flatMap((dir) =>
    readdirSync(path.join(root, dir), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !/node_modules|\.next|\.test\./.test(file))
      .map((file) => path.join(dir, file))
      .filter((file) =>
        /instanceof (AppError|ExperimentError|QueueFull|Prisma)\b/.test(
          readFileSync(path.join(root, file), "utf8"),
        ),
      ),
  );
  expect(asking).toEqual([]);
});
