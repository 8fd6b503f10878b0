// Preloaded into the web server, and inherited by the worker that `next dev` forks. The channel to the process that
// started it closes when that ends, even by kill -9: no server is left on the port, talking to a database that is gone.
if (process.channel) process.once("disconnect", () => process.exit(1));
