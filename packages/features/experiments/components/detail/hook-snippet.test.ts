import ts from "typescript";
import { expect, test } from "vitest";
import { hookSnippet } from "./hook-snippet";

const variants = [
  { name: "control", percentage: 50 },
  { name: "2024-look", percentage: 50 },
];

test("is what a developer would write, with a branch for each variant", () => {
  const code = hookSnippet("upgrade-button-test", {
    unit: "user",
    variants: [
      { name: "urgent", percentage: 50 },
      { name: "control", percentage: 50 },
    ],
    control: "control",
    clientEvents: ["billing_button_clicked"],
  });
  expect(code).toBe(`import { useExperiment } from "@calcom/features/experiments/hooks";

export function UpgradeButtonTest() {
  const { variant, trackConversion } = useExperiment("upgrade-button-test");
  const onClick = () => trackConversion("billing_button_clicked");

  if (variant === "urgent") return <Urgent onClick={onClick} />;
  return <Control onClick={onClick} />;
}`);
});

test.each(["user", "team", "visitor"] as const)("of a %s experiment is valid TSX", (unit) => {
  for (const clientEvents of [[], ["clicked"]]) {
    const code = hookSnippet("2024-test", { unit, variants, control: "control", clientEvents });
    const { diagnostics } = ts.transpileModule(code, {
      reportDiagnostics: true,
      fileName: "snippet.tsx",
      compilerOptions: { jsx: ts.JsxEmit.ReactJSX },
    });
    expect(diagnostics).toEqual([]);
    expect(code).toContain("export function Variant2024Test()");
  }
});
