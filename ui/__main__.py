"""`python -m ui` from a checkout."""

import sys

from ui.app import main

sys.exit(main())
