import "server-only";

// The entry point for installing the module in another application's database. No server code imports it.

export { findFaultyViews, HOST_VIEWS } from "./sql/host-views";
export {
  buildForgettingTrigger,
  type HostTable,
  listModuleMigrations,
  type ModuleMigration,
  type ModuleSqlSettings,
} from "./sql/module-sql";
export { buildUninstallSql } from "./sql/uninstall-sql";
