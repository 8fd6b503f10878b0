import type { ExperimentRole } from "../../utils/permissions";

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
