"use client";

import * as React from "react";

const ContainerContext = React.createContext<HTMLElement | null>(null);

export interface PortalContainerProps {
  /** Where menus, dialogs and tooltips are put. */
  container: HTMLElement;
  children: React.ReactNode;
}

/** For pages within somebody else's, whose layers must lie where the styles hold. Without it they lie in the body. */
export function PortalContainer({ container, children }: PortalContainerProps) {
  return <ContainerContext.Provider value={container}>{children}</ContainerContext.Provider>;
}

export function usePortalContainer(): HTMLElement | undefined {
  return React.useContext(ContainerContext) ?? undefined;
}
