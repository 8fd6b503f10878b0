import type { ExperimentConfig } from "../../types/config";
import type { Unit } from "../../types/settings";

type SnippetSettings = Pick<ExperimentConfig, "unit" | "variants" | "control" | "clientEvents">;

const uses: Record<Unit, { imports: string[]; hook: string; setup: string[]; options: string }> = {
  user: {
    imports: ['import { useExperiment } from "@calcom/features/experiments/hooks";'],
    hook: "useExperiment",
    setup: [],
    options: "",
  },
  team: {
    imports: [
      'import { useExperiment } from "@calcom/features/experiments/hooks";',
      'import { useTeam } from "@calcom/lib/hooks/useTeam";',
    ],
    hook: "useExperiment",
    setup: ["  const team = useTeam();"],
    options: ", { teamId: team.id }",
  },
  visitor: {
    imports: ['import { useVisitorExperiment } from "@calcom/features/experiments/hooks";'],
    hook: "useVisitorExperiment",
    setup: [],
    options: "",
  },
};

/** A component that serves the experiment: each variant with its branch, control as what everybody else sees. */
export function hookSnippet(
  slug: string,
  { unit, variants, control, clientEvents }: SnippetSettings,
): string {
  const { imports, hook, setup, options } = uses[unit];
  const [event] = clientEvents;
  const handler = event === undefined ? "" : " onClick={onClick}";
  const result = event === undefined ? "{ variant }" : "{ variant, trackConversion }";
  const branches = variants
    .filter(({ name }) => name !== control)
    .map(({ name }) => `  if (variant === "${name}") return <${componentName(name)}${handler} />;`);
  return [
    ...imports,
    "",
    `export function ${componentName(slug)}() {`,
    ...setup,
    `  const ${result} = ${hook}("${slug}"${options});`,
    ...(event === undefined ? [] : [`  const onClick = () => trackConversion("${event}");`]),
    "",
    ...branches,
    `  return <${componentName(control)}${handler} />;`,
    "}",
  ].join("\n");
}

/** "variant-a" → "VariantA"; names that begin with a digit are no identifiers, so "2024" → "Variant2024". */
function componentName(name: string): string {
  const words = name.split(/[^a-zA-Z0-9]+/).filter((word) => word !== "");
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Z]/.test(joined) ? joined : `Variant${joined}`;
}
