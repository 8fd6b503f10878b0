import type { StoredConversion, StoredRow } from "./check";
import type { ModelExperiment, ModelRow } from "./model";

/** Takes over what a burst of simultaneous requests has left, since nobody knows their order. */
export function adopt(
  experiment: ModelExperiment,
  stored: { rows: StoredRow[]; conversions: StoredConversion[] },
): void {
  for (const found of stored.rows.filter(({ slug }) => slug === experiment.slug)) {
    let row = experiment.rows.find(({ id }) => id === found.id);
    if (row === undefined) {
      row = newRow(found);
      experiment.rows.push(row);
    }
    row.isExposed ||= found.exposedAt !== null;
    row.isProvisional = found.isProvisional;
    row.conversions = stored.conversions.filter(({ assignmentId }) => assignmentId === found.id);
  }
}

function newRow({ id, subject, variant, epoch, assignedAt, exposedAt, isProvisional }: StoredRow): ModelRow {
  return {
    isProvisional,
    id,
    subject,
    variant,
    epochs: [epoch],
    isExposed: exposedAt !== null,
    erasedPerson: null,
    assignedAt,
    exposedAt,
    conversions: [],
  };
}
