"""What gunicorn serves: `gunicorn eitrack.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from eitrack.common.node import refuse_another_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eitrack.settings")
application = get_wsgi_application()
refuse_another_key()
# What is loaded by now lives as long as the process: no request waits while it is looked through
# for garbage.
gc.collect()
gc.freeze()
