import pytest
from django.db import DatabaseError, connection, transaction

from eitrack.common.unwritable import cannot_write, passing_over_what_cannot_be_written


@pytest.mark.django_db
def test_another_fault_of_the_database_is_not_taken_for_one_that_cannot_be_written():
    with (
        pytest.raises(DatabaseError) as raised,
        passing_over_what_cannot_be_written(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT nothing FROM nowhere")

    assert not cannot_write(raised.value)
    assert not cannot_write(ValueError())
