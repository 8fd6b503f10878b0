/** Which pages other sites may show in a frame, and which sites. */
export interface EmbedSettings {
  /** Paths; one that ends in `/*` stands for all below it. */
  embedRoutes: readonly string[];
  /** Origins. */
  embedAncestors: readonly string[];
}

/** The origins that may frame the page at `path`. */
export function ancestorsOf(path: string, { embedRoutes, embedAncestors }: EmbedSettings): readonly string[] {
  const isEmbedded = embedRoutes.some((route) =>
    route.endsWith("/*") ? path.startsWith(route.slice(0, -1)) : path === route,
  );
  return isEmbedded ? embedAncestors : [];
}
