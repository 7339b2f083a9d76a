"""What gunicorn serves: `gunicorn eitrack.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eitrack.settings")
application = get_wsgi_application()
