import fc from "fast-check";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import type { Catalogue } from "../catalogue";
import { aCatalogue, anExperiment } from "../testing/catalogue";
import { createEditor } from "../testing/editor";
import { declarationOf } from "./declaration";
import { formatted } from "./format";

const banner = {
  slug: "announcement",
  variants: [
    { name: "control", payload: null },
    { name: "banner", payload: { text: "Now with teams", href: "/teams", places: [1, 2, 2], isLoud: true } },
  ],
};

describe("the declaration", { timeout: 180_000 }, () => {
  test("is the same whatever the order of rows and variants, and as the formatter writes it", () => {
    const other = anExperiment({ slug: "another", variants: [...anExperiment().variants].reverse() });
    const text = formatted(declare(aCatalogue(anExperiment(), other)));
    expect(text).toBe(formatted(declare(aCatalogue(other, anExperiment()))));
    expect(text).toBe(formatted(text));
    expect(text.indexOf('"another"')).toBeLessThan(text.indexOf('"upgrade-button-test"'));
    expect(text).toMatch(/another: \{\s+variants: \{\s+control: null;\s+urgent: null;/);
  });

  test("says in a comment for whom an experiment is, and where it stands", () => {
    expect(declare(aCatalogue(anExperiment({ unit: "team", status: "paused" })))).toContain(
      "/** Upgrade button. For teams, paused. */",
    );
  });

  test("of no experiment leaves every slug possible", () => {
    expect(problemsOf(declare(aCatalogue()), 'useExperiment("whatever");')).toEqual([]);
  });

  test("keeps comments in one piece, whatever somebody called the experiment", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const text = declare(aCatalogue(anExperiment({ name })));
        const source = ts.createSourceFile("a.d.ts", text, ts.ScriptTarget.Latest);
        const [, module] = source.statements;
        return source.statements.length === 2 && module !== undefined && ts.isModuleDeclaration(module);
      }),
    );
  });
});

describe("with the declaration", { timeout: 180_000 }, () => {
  const file = declare(
    aCatalogue(anExperiment(), anExperiment(banner), anExperiment({ slug: "plan", status: "draft" })),
  );

  test.each([
    ["a wrong slug", 'useExperiment("upgrade-buton-test");'],
    ["a wrong variant", 'if (useExperiment("upgrade-button-test").variant === "urgnet") throw 0;'],
    ["a variant of another experiment", 'if (useExperiment("announcement").variant === "urgent") throw 0;'],
    [
      "a wrong variant in a conversion",
      `trackExperimentConversion("plan", "urgnt", null, { conversionEvent: "a" });`,
    ],
    ["a field that the payload lacks", 'useExperiment("announcement").payload?.texts;'],
    [
      "a value that the payload never has",
      'if (useExperiment("announcement").payload?.href === "/") throw 0;',
    ],
    ["a table with a wrong variant", 'const a: VariantTable<"plan", number> = { urgnet: 1 }; void a;'],
  ])("%s is an error", (_, code) => {
    expect(problemsOf(file, code)).toHaveLength(1);
  });

  test.each([
    ["a draft", 'useExperiment("plan");'],
    ["a right variant", 'if (useExperiment("announcement").variant === "banner") throw 0;'],
    ["a payload", 'const a: "/teams" | undefined = useExperiment("announcement").payload?.href; void a;'],
    [
      "elements of a payload's list",
      'const a: (1 | 2)[] = useExperiment("announcement").payload?.places ?? []; void a;',
    ],
    ["a variant without a payload", 'const a: null = useExperiment("plan").payload; void a;'],
    ["a table", 'const a: VariantTable<"plan", number> = { urgent: 1 }; void a;'],
  ])("%s is none", (_, code) => {
    expect(problemsOf(file, code)).toEqual([]);
  });

  test("editors complete slugs and variants", () => {
    expect(completionsIn(file, 'useExperiment("HERE");')).toEqual([
      "announcement",
      "plan",
      "upgrade-button-test",
    ]);
    expect(completionsIn(file, 'if (useExperiment("plan").variant === "HERE") throw 0;')).toEqual([
      "control",
      "urgent",
    ]);
  });

  test("payloads may be typed by their shape", () => {
    const shapes = declarationOf(aCatalogue(anExperiment(banner)), { payloads: "shape", isLenient: false });
    const code = 'const a: string | undefined = useExperiment("announcement").payload?.href; void a;';
    expect(problemsOf(shapes, `${code} if (a === "/") throw 0;`)).toEqual([]);
  });
});

describe("after a conclusion", { timeout: 180_000 }, () => {
  const over = aCatalogue(anExperiment({ status: "concluded", winner: "urgent" }));
  const losing = 'if (useExperiment("upgrade-button-test").variant === "control") throw 0;';
  const table = (name: string) =>
    `const a: VariantTable<"upgrade-button-test", number> = { ${name}: 1 }; void a;`;

  test("comparing with a losing variant is an error, and so is rendering one", () => {
    expect(problemsOf(declare(over), losing)).toEqual([expect.stringContaining("no overlap")]);
    expect(problemsOf(declare(over), table("control"))).toHaveLength(1);
    expect(problemsOf(declare(over), `${table("urgent")} ${losing.replace("control", "urgent")}`)).toEqual(
      [],
    );
  });

  test("editors strike the losing variant through", () => {
    expect(completionsIn(declare(over), table("HERE").replace(": 1", ""))).toEqual([
      "control (deprecated)",
      "urgent",
    ]);
  });

  test("without a winner, what is left is control", () => {
    const withdrawn = aCatalogue(anExperiment({ status: "concluded" }));
    expect(problemsOf(declare(withdrawn), losing)).toEqual([]);
    expect(problemsOf(declare(withdrawn), losing.replace("control", "urgent"))).toHaveLength(1);
  });

  test("lenient types still have the losing variant, struck through", () => {
    const file = declarationOf(over, { payloads: "literal", isLenient: true });
    expect(problemsOf(file, losing + table("control"))).toEqual([]);
    expect(completionsIn(file, table("HERE").replace(": 1", ""))).toContain("control (deprecated)");
  });

  test("an archived experiment is gone, unless one is lenient", () => {
    const archived = aCatalogue(anExperiment({ slug: "plan" }), anExperiment({ status: "archived" }));
    expect(problemsOf(declare(archived), losing)).not.toEqual([]);
    const file = declarationOf(archived, { payloads: "literal", isLenient: true });
    expect(problemsOf(file, losing)).toEqual([]);
  });
});

test("an experiment whose configuration is damaged takes any variant", () => {
  const catalogue = { experiments: [], damaged: [{ slug: "broken", damage: "…" }] };
  expect(problemsOf(declare(catalogue), 'if (useExperiment("broken").variant === "any") throw 0;')).toEqual(
    [],
  );
});

function declare(catalogue: Catalogue): string {
  return declarationOf(catalogue, { payloads: "literal", isLenient: false });
}

const imports = `import { trackExperimentConversion, useExperiment } from "@calcom/features/experiments/hooks";
import type { VariantTable } from "@calcom/features/experiments";
void useExperiment; void trackExperimentConversion; export type Used = VariantTable<"", 0>;
`;

const editor = createEditor();

function problemsOf(declaration: string, code: string): string[] {
  return editor.problemsOf(declaration, imports + code);
}

function completionsIn(declaration: string, code: string): string[] {
  return editor.completionsIn(declaration, imports + code);
}
