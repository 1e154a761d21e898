"""A process with a Prefect server that prints its address: `prefect_parent FOLDER`."""

import sys
import time
from pathlib import Path

from flows.prefect_home import prefect_server

if __name__ == "__main__":
    with prefect_server(Path(sys.argv[1]), services=False) as api:
        sys.stdout.write(f"{api}\n")
        sys.stdout.flush()
        time.sleep(600)
