import { expect, test } from "vitest";
import { isPagePath, previewAddress } from "./preview-address";

test.each(["/", "/pricing", "/pricing?tab=a#plans", "/teams/größe"])("%s is a page", (path) => {
  expect(isPagePath(path)).toBe(true);
});

test.each(["", "pricing", "//evil.example", "/\\evil.example", "https://evil.example/"])(
  "%s is none",
  (path) => {
    expect(isPagePath(path)).toBe(false);
  },
);

test("a link keeps the query and the place of its page", () => {
  const query = "experiment.a=b&preview=t";
  expect(previewAddress("https://app.example", "/", query)).toBe(
    "https://app.example/?experiment.a=b&preview=t",
  );
  expect(previewAddress("https://app.example", "/pricing?tab=a#plans", query)).toBe(
    "https://app.example/pricing?tab=a&experiment.a=b&preview=t#plans",
  );
});
