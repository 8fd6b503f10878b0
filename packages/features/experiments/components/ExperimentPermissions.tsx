"use client";

import { createContext, type ReactNode, useContext } from "react";
import { PERMISSIONS, type Permission, permissionFor } from "../utils/permissions";
import { type Command, commandsFor, type Standing } from "./shared/commands";

const PermissionsContext = createContext<readonly Permission[]>(PERMISSIONS);

/** What the person may do. Nothing is safer for it, since the services ask themselves: buttons that only refuse are left out. */
export function ExperimentPermissions({
  permissions,
  children,
}: {
  permissions: readonly Permission[];
  children: ReactNode;
}) {
  return <PermissionsContext.Provider value={permissions}>{children}</PermissionsContext.Provider>;
}

export function useMay(permission: Permission): boolean {
  return useContext(PermissionsContext).includes(permission);
}

/** What the lifecycle allows now, and the person's role too. */
export function usePermittedCommands(experiment: Standing): Command[] {
  const permissions = useContext(PermissionsContext);
  return commandsFor(experiment).filter((command) => permissions.includes(permissionOf(command, experiment)));
}

/** What was a flag is the application's, and goes with the right over flags alone. */
export function permissionOf(command: Command, { isConverted = false }: Partial<Standing> = {}): Permission {
  if (command === "duplicate") return "edit";
  if (command === "revert" || (command === "delete" && isConverted)) return "convert";
  return command === "delete" || command === "take_back" ? "decide" : permissionFor[command];
}
