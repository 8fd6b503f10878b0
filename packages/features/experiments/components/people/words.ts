import type { ExperimentRole } from "../../types/roles";

export const roleKeys: Record<ExperimentRole, string> = {
  viewer: "people_viewer",
  editor: "people_editor",
  admin: "people_admin",
};

export const roleSentenceKeys: Record<ExperimentRole, string> = {
  viewer: "people_viewer_sentence",
  editor: "people_editor_sentence",
  admin: "people_admin_sentence",
};
