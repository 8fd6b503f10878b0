import "server-only";

// The door for whoever installs the module in a database of their own. Nothing that is served opens it.

export { findFaultyViews, HOST_VIEWS } from "./sql/host-views";
export {
  buildForgettingTrigger,
  type HostTable,
  listModuleMigrations,
  type ModuleMigration,
  type ModuleSqlSettings,
} from "./sql/module-sql";
export { buildUninstallSql } from "./sql/uninstall-sql";
