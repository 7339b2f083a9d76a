"""The sample world: python manage.py load_demo."""
