import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import texts from "@/public/static/locales/en/common.json";
import { t } from "./i18n";

const root = path.resolve(import.meta.dirname, "../../..");
const keys = Object.keys(texts);

test("fills in variables as they are, and chooses the plural", () => {
  expect(t("user_menu", { name: "<Ada & Bob>" })).toBe("Account of <Ada & Bob>");
  expect(t("member_count", { count: 1 })).toBe("1 member");
  expect(t("member_count", { count: 3 })).toBe("3 members");
});

test("keys are snake_case and sorted", () => {
  expect(keys.filter((key) => !/^[a-z0-9]+(?:_[a-z0-9]+)*$/.test(key))).toEqual([]);
  expect(keys).toEqual([...keys].sort());
});

test("every key that the code names has its text", () => {
  const missing = usedKeys().filter(
    ({ key }) => !keys.some((known) => known.replace(/_(?:one|other)$/, "") === key || known === key),
  );
  expect(missing).toEqual([]);
});

/** Calls with a literal; keys that are looked up in a table are checked where the table is. */
function usedKeys(): { file: string; key: string }[] {
  return ["apps/web", "packages/features"].flatMap((dir) =>
    readdirSync(path.join(root, dir), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !/node_modules|\.next|\.test\./.test(file))
      .flatMap((file) =>
        [...readFileSync(path.join(root, dir, file), "utf8").matchAll(/\bt\(\s*"([^"]+)"/g)].map(
          ([, key = ""]) => ({
            file: path.join(dir, file),
            key,
          }),
        ),
      ),
  );
}
