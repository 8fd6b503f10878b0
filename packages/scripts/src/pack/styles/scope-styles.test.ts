import postcss, { type AtRule } from "postcss";
import { beforeAll, describe, expect, test } from "vitest";
import { RECIPES } from "../recipes";
import { buildStyles } from "./build-styles";
import { scopeSelector } from "./scope-selector";
import { scopeStyles } from "./scope-styles";

describe("a selector of the stylesheet", () => {
  test.each([
    ["*", "plain", ".xp-root.xp-root, .xp-root.xp-root :where(*)"],
    [":before", "plain", ".xp-root.xp-root:before, .xp-root.xp-root :where(*):before"],
    ["a[href]", "plain", ".xp-root.xp-root :where(a[href])"],
    ["input::placeholder", "plain", ".xp-root.xp-root :where(input)::placeholder"],
    ["body", "plain", ".xp-root.xp-root"],
    [":root", "classes", ".xp-root.xp-root"],
    [".flex", "classes", ".xp-root.xp-root .flex"],
    [".\\[\\&_svg\\]\\:size-4 svg", "classes", ".xp-root.xp-root .\\[\\&_svg\\]\\:size-4 svg"],
    ["html:has([data-a])", "plain", "html:has(.xp-root.xp-root [data-a])"],
  ] as const)("%s as one of %s", (selector, kind, scoped) => {
    expect(scopeSelector(selector, kind)).toBe(scoped);
  });

  test("is dark within a page that is, unless the pages have a theme of their own", () => {
    expect(scopeSelector(".dark", "classes")).toContain(".dark .xp-root.xp-root:not([data-xp-theme])");
    expect(scopeSelector(".dark", "classes")).toContain('.xp-root.xp-root[data-xp-theme="dark"]');
  });
});

test("layers are gone, in their order: what is outside of all layers comes last, as it won before", () => {
  const scoped = scopeStyles(
    "@layer base, utilities; @layer base { p { margin: 0 } } @layer utilities { .m-4 { margin: 1rem } } [data-a] { margin: 2px }",
  );
  expect(scoped).not.toContain("@layer");
  const at = (text: string) => scoped.indexOf(text);
  expect(at(":where(p)")).toBeLessThan(at(".xp-root.xp-root .m-4"));
  expect(at(".xp-root.xp-root .m-4")).toBeLessThan(at(".xp-root.xp-root [data-a]"));
  expect(scoped).toContain("margin: calc(1 * var(--xp-rem))");
});

test("a host names a token, and none that the stylesheet keeps to itself", () => {
  const scoped = scopeStyles(":root { --primary: red } .a { --tw-x: 0; color: var(--tw-x) }");
  expect(scoped).toContain("--primary: var(--experiments-primary, red)");
  expect(scoped).not.toContain("--tw-");
});

describe("the stylesheet of the administration", () => {
  const folders = RECIPES.flatMap(({ styles }) => Object.values(styles)).flat();
  let sheet: postcss.Root;
  beforeAll(async () => {
    sheet = postcss.parse(await buildStyles(folders));
  }, 60_000);

  test("says nothing of what is outside of its roots", () => {
    const outside: string[] = [];
    sheet.walkRules((rule) => {
      if (rule.parent?.type === "atrule" && /keyframes$/.test((rule.parent as AtRule).name)) return;
      outside.push(...rule.selectors.filter((selector) => !selector.includes(".xp-root.xp-root")));
    });
    expect(outside).toEqual([]);
  });

  test("shares no name with a host where CSS has one room for all", () => {
    const names: string[] = [];
    sheet.walkAtRules(/^(?:property|keyframes)$/, ({ params }) => void names.push(params));
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !/^(?:--)?xp-/.test(name))).toEqual([]);
  });

  test("measures nothing by the root of the page, and lies in no layer", () => {
    const measured: string[] = [];
    sheet.walkDecls((decl) => {
      if (/[\d.]rem\b/.test(decl.value)) measured.push(`${decl.prop}: ${decl.value}`);
    });
    expect(measured).toEqual([]);
    sheet.walkAtRules("layer", ({ params }) => expect.fail(`There is a layer ${params}.`));
  });

  test("holds the classes of the pages, and of what lies above them", () => {
    const text = sheet.toString();
    for (const found of [
      ".max-w-page",
      "[data-sonner-toaster]",
      "[data-radix-select-viewport]",
      "animate-enter",
    ])
      expect(text).toContain(found);
  });
});
