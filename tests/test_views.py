"""The pages that belong to no room."""

from django.urls import reverse


class TestSignal:
    def test_answers_without_asking_the_database(self, client):
        """Without the mark for a database, any query would fail."""
        response = client.get(reverse("signal"))

        assert response.status_code == 204
        assert response.content == b""
        assert "no-store" in response["Cache-Control"]
