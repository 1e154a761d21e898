"""One process that runs everything on one machine: `stafet up`."""
