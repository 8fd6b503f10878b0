import type { Catalogue, CataloguedExperiment } from "../catalogue";

/** An experiment as the database has it; a test names only what matters to it. */
export function anExperiment(changes: Partial<CataloguedExperiment> = {}): CataloguedExperiment {
  return {
    slug: "upgrade-button-test",
    name: "Upgrade button",
    status: "running",
    unit: "user",
    control: "control",
    variants: [
      { name: "control", payload: null },
      { name: "urgent", payload: null },
    ],
    winner: null,
    endedAt: null,
    ...changes,
  };
}

export function aCatalogue(...experiments: CataloguedExperiment[]): Catalogue {
  return { experiments, damaged: [] };
}
