import type { ExperimentDetail } from "../../types/admin";
import type { ExperimentConfig } from "../../types/config";
import { readStoredConfig } from "../../utils/stored-config";

/** An experiment whose settings can be shown in the form. */
export type EditableExperiment = ExperimentDetail & { config: ExperimentConfig };

/**
 * Null where the settings are damaged and people have been assigned by them: what they were nobody may guess. A damaged
 * draft that nobody has seen starts over from a blank one, as the service does when it is saved.
 */
export function editable(experiment: ExperimentDetail): EditableExperiment | null {
  const { slug, config, assignments } = experiment;
  if (config !== null) return { ...experiment, config };
  if (assignments > 0) return null;
  const blank = readStoredConfig({ slug, enabled: false, metadata: null });
  return blank.ok ? { ...experiment, status: "draft", config: blank.config } : null;
}
