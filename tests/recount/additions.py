"""Corner cases the sample world lacks, so that no rule of a recount is left without a record."""

from datetime import timedelta

from eitrack.activities.models import (
    Activity,
    Commitment,
    DayStatus,
    SeatMark,
    Series,
    SeriesDate,
    TimeEntry,
)
from eitrack.directory.models import Absence, Agency, Contract, Placement, SchoolTerm, Team


def add_to_the_sample(today):
    # The sample has some of these too, but no corner cases; those added here stand alone.
    for model in (Absence, Commitment, DayStatus, SeatMark):
        model.objects.all().delete()
    workers = [contract.worker for contract in Contract.objects.order_by("pk")]
    change_contracts(workers, today)
    add_leave_and_marks(workers, today)
    add_commitments(workers, today)
    add_a_second_hat(workers[4], today)
    add_terms_of_an_agency(today)
    Series.objects.update(seats=None)
    for team in Team.objects.filter(series__activity_type__kind="group_session").distinct():
        add_a_programme(team, today)


def change_contracts(workers, today):
    """One in term time only, one in the first year, one part-time, one without a contract."""
    term_time, first_year, part_time, without = (each.contracts.get() for each in workers[:4])
    term_time.is_term_time_only = True
    term_time.save()
    first_year.first_year_until_on = today
    first_year.save()
    part_time.friday_minutes = part_time.thursday_minutes = 0
    part_time.save()
    without.delete()


def add_terms_of_an_agency(today):
    """An academy that begins each term of this school year a week later than the district."""
    academy = Agency.objects.filter(sites__activities__date__gte=today - timedelta(90)).first()
    begun = today.replace(month=8, day=1)
    begun = begun if begun <= today else begun.replace(year=today.year - 1)
    for term in SchoolTerm.objects.filter(from_on__gte=begun, from_on__lt=begun + timedelta(365)):
        later = term.from_on + timedelta(weeks=1)
        academy.school_terms.create(name=term.name, from_on=later, until_on=term.until_on)


def add_leave_and_marks(workers, today):
    for number, worker in enumerate(workers):
        for weeks in (5, 17, 30, 44):
            first = today - timedelta(weeks=weeks, days=number)
            Absence.objects.create(
                worker=worker, from_on=first, until_on=first + timedelta(days=number)
            )
        first = today - timedelta(weeks=9, days=number)
        Absence.objects.create(worker=worker, from_on=first, until_on=first, is_half_day=True)
        marks = enumerate(("not_worked", "nothing_to_log", "complete") * 6)
        for week, mark in marks:
            DayStatus.objects.create(
                worker=worker, date=today - timedelta(weeks=week, days=week % 5), mark=mark
            )


def add_commitments(workers, today):
    agencies = Agency.objects.filter(protocols__isnull=False).distinct()
    kinds = ("school_half_day", "daily_playground", "panel", "protocol_lead")
    for number, (worker, agency) in enumerate(zip(workers, agencies, strict=False)):
        Commitment.objects.create(
            worker=worker,
            kind=kinds[number % 4],
            agency=agency,
            from_on=today - timedelta(weeks=60 - number),
            until_on=today - timedelta(weeks=30) if number % 3 == 1 else None,
        )


def add_a_second_hat(worker, today):
    """From the middle of the year on, in another team, with time of its own."""
    first = worker.placements.earliest("from_on")
    other = Placement.objects.exclude(team=first.team).first()
    second = Placement.objects.create(
        worker=worker,
        post=other.post,
        team=other.team,
        funding_stream=other.funding_stream,
        host=other.host,
        base_site=other.base_site,
        planned_minutes=540,
        from_on=today - timedelta(weeks=20),
        renewed_until_on=today + timedelta(weeks=10),
    )
    own = TimeEntry.objects.filter(worker=worker, date__gte=second.from_on)
    for entry in own[::3]:
        entry.placement, entry.team, entry.post = second, second.team, second.post
        entry.funding_stream = second.funding_stream
        entry.save()


def add_a_programme(team, today):
    """Six sessions on single dates, one of them made up, one not ticked, one that did not run."""
    held = Activity.objects.filter(
        kind="group_session", status="held", time_entries__team=team, date__lte=today
    ).order_by("date", "pk")
    by_day = list({activity.date: activity for activity in held}.values())
    sessions = by_day[len(by_day) // 2 :: 3][:6]
    programme = Series.objects.create(
        name=f"Programme of {team}",
        activity_type=sessions[0].activity_type,
        site=sessions[0].site,
        team=team,
        repeat="dates",
        planned_sessions=6,
        seats=8,
        from_on=sessions[0].date,
    )
    for number, activity in enumerate(sessions, start=1):
        SeriesDate.objects.create(series=programme, date=activity.date)
        activity.series, activity.planned_on = programme, activity.date
        activity.session_number = number
        if number == 4:
            activity.status, activity.not_run_reason = "did_not_run", "no_room"
            activity.attendance = activity.adults = activity.children = None
            activity.first_time = activity.returning = activity.first_time_not_known = None
        activity.save()
        if number in (3, 4):
            continue
        for seat in range(1, 9):
            is_present = (seat + number) % 4 != 0 and seat < 8
            SeatMark.objects.create(
                activity=activity,
                seat=seat,
                is_present=is_present,
                makes_up_for=2 if number == 5 and seat in (2, 3) else None,
            )
