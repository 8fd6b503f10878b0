import { type Catalogue, type CataloguedExperiment, shownOf } from "../catalogue";
import { type Precision, payloadType } from "./payload-type";

export interface DeclarationOptions {
  payloads: Precision;
  /** Losing variants stay in the types, and archived experiments in the file. */
  isLenient: boolean;
}

/**
 * The declaration file that fills `ExperimentRegistry`, before it is formatted. Drafts are in it, since their code is
 * being written; archived experiments are not, since their code is gone.
 */
export function declarationOf(catalogue: Catalogue, options: DeclarationOptions): string {
  const entries = [
    ...catalogue.experiments
      .filter(({ status }) => options.isLenient || status !== "archived")
      .map((experiment) => ({ slug: experiment.slug, text: entryOf(experiment, options) })),
    ...catalogue.damaged.map(({ slug }) => ({ slug, text: damagedEntry(slug) })),
  ].sort((a, b) => (a.slug < b.slug ? -1 : 1));
  return [
    "// Written by `npm run experiments -- types` from the database; what is changed here is lost with the next run.",
    'import "@calcom/features/experiments";',
    "",
    ...(entries.length === 0
      ? ["// There is no experiment, so any slug will do.", ""]
      : [
          'declare module "@calcom/features/experiments" {',
          "  interface ExperimentRegistry {",
          entries.map(({ text }) => text).join("\n"),
          "  }",
          "}",
          "",
        ]),
  ].join("\n");
}

function entryOf(experiment: CataloguedExperiment, { payloads, isLenient }: DeclarationOptions): string {
  const { slug, control, variants } = experiment;
  const shown = shownOf(experiment);
  // Control first, and then by name: the order of a form is not worth a change of the file.
  const sorted = variants.toSorted(
    (a, b) => Number(b.name === control) - Number(a.name === control) || (a.name < b.name ? -1 : 1),
  );
  const members = sorted.flatMap(({ name, payload }) => [
    // On a line of its own: what follows a semicolon on the same line documents nothing.
    ...(shown !== null && name !== shown ? [`/** @deprecated Everybody sees \`${shown}\`. */`] : []),
    `${JSON.stringify(name)}: ${payloadType(payload, payloads)};`,
  ]);
  return [
    `/** ${commentOf(experiment)} */`,
    `${JSON.stringify(slug)}: {`,
    members.length === 0 ? "variants: Record<never, never>;" : `variants: {\n${members.join("\n")}\n};`,
    ...(shown !== null && !isLenient ? [`shown: ${JSON.stringify(shown)};`] : []),
    "};",
  ].join("\n");
}

const unitWords = { user: "users", team: "teams", visitor: "visitors" };

function commentOf(experiment: CataloguedExperiment): string {
  const { name, unit, status } = experiment;
  const shown = shownOf(experiment);
  const end = shown === null ? "" : `: everybody sees \`${shown}\``;
  // What people type may not end the comment, nor begin a tag.
  const title = name.replaceAll(/\s+/g, " ").replaceAll("*/", "* /").replaceAll("@", "(at)");
  return `${title}. For ${unitWords[unit]}, ${status}${end}.`;
}

/** Its code has to compile all the same: what is broken is the row. */
function damagedEntry(slug: string): string {
  return [
    "/** Its stored configuration cannot be read: the admin page says why. */",
    `${JSON.stringify(slug)}: { variants: string };`,
  ].join("\n");
}
