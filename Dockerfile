# syntax=docker/dockerfile:1
# `docker build -t calcom-experiments .`; docs/operations.md says how to run it. Paths of steps are relative to WORKDIR:
# `npm run image -- try` carries the same steps out in a folder, where there is no Docker.
ARG NODE_VERSION=20.20.2

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
ENV CI=true NEXT_TELEMETRY_DISABLED=1 TURBO_TELEMETRY_DISABLED=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
COPY . .
RUN npm ci --no-audit --no-fund
ENV BUILD_STANDALONE=1
RUN npm run build
RUN npm run image -- bundle

FROM node:${NODE_VERSION}-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production PORT=3000 HOSTNAME=0.0.0.0 KEEP_ALIVE_TIMEOUT=75000
COPY --from=build --chown=node:node /app/.image ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The form of a list: node itself is told to end, and not a shell before it.
CMD ["node", "apps/web/server.js"]
