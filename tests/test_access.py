"""The access matrix: every page × every role (STYLE.md part 10).

The expected answer to a GET, or to an empty POST where the line says so: 200 the page, 302 on to
another page (anonymous: to sign in), 403 not granted to the role, 404 out of reach, 405 by POST
only, 409 kept on a phone by somebody else. Records are those of the worker, in the manager's team,
unless the line says "elsewhere": a record of another team. "by script" is what a page asks for, and
nobody walks to. "no role" is an account that the administrator has given nothing yet.
"""

from datetime import date

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from eitrack.directory.models import Team
from eitrack.stewardship.models import LegalHold
from tests.factories.accounts import FactorResetFactory, UserFactory
from tests.factories.activities import (
    ActivityFactory,
    ProtocolStepFactory,
    SeriesFactory,
    ThreadFactory,
    TimeEntryFactory,
)
from tests.factories.cases import CaseFactory, ReferralFactory, RequestFactory
from tests.factories.directory import (
    AbsenceFactory,
    AgencyFactory,
    ContractFactory,
    DistrictFactory,
    ExternalIdentifierFactory,
    FundingStreamFactory,
    LinkWorkerFactory,
    PlacementFactory,
    PlaceMergeFactory,
    SchoolTermFactory,
    SiteFactory,
    TeamFactory,
)
from tests.factories.indicators import DefinitionCommentFactory
from tests.factories.intake import BatchFactory, StagedFileFactory
from tests.factories.partnerships import ProtocolFactory, ProtocolFileFactory
from tests.factories.returns import (
    FigureQueryFactory,
    FigureQueryTextFactory,
    ReturnFactory,
    ReturnFileFactory,
)

pytestmark = pytest.mark.django_db

NOON = "2026-11-23T12:00Z"
OPEN_TO_ALL = (
    "daybook:calendar_feed",
    "accounts:invitation",
    "accounts:stay",
    "accounts:identity_invited",
    "accounts:identity_sign_in",
    "stewardship:scim_user",
    "stewardship:scim_users",
)
MATRIX = """
page                                    anonymous  no_role  worker  manager  district  administrator

home                                          302      403     302      302       302            302
help                                          200      200     200      200       200            200
help_topic                                    200      200     200      200       200            200
help_sheet                                    200      200     200      200       200            200
privacy                                       200      200     200      200       200            200
accessibility                                 200      200     200      200       200            200
wrong                                         200      200     200      200       200            200
wrong POST                                    200      200     200      200       200            200
signal by script                              204      204     204      204       204            204

accounts:invitation                           200      200     200      200       200            200
accounts:stay by script                       200      200     200      200       200            200
accounts:stay by script POST                  200      200     200      200       200            200
accounts:browser_list                         302      200     200      200       200            200
accounts:browser_end_others                   302      405     405      405       405            405
accounts:browser_end_others POST              302      302     302      302       302            302
accounts:browser_end                          302      405     405      405       405            405
accounts:browser_end POST                     302      302     302      302       302            302

daybook:today                                 302      403     200      403       403            403
daybook:preset_list                           302      403     200      403       403            403
daybook:preset_list POST                      302      403     404      403       403            403
daybook:log_start                             302      403     200      403       403            403
daybook:log                                   302      403     200      403       403            403
daybook:log POST                              302      403     200      403       403            403
daybook:week_now                              302      403     302      403       403            403
daybook:week                                  302      403     200      403       403            403
daybook:week_undo                             302      405     405      405       405            405
daybook:week_undo POST                        302      403     302      403       403            403
daybook:week POST                             302      403     302      403       403            403
daybook:proposal_log                          302      405     405      405       405            405
daybook:proposal_log POST                     302      403     302      403       403            403
daybook:proposal_dismiss                      302      405     405      405       405            405
daybook:proposal_dismiss POST                 302      403     302      403       403            403
daybook:tally                                 302      403     200      403       403            403
daybook:no_signal                             302      403     200      403       403            403
daybook:tally_ready by script                 302      403     200      403       403            403
daybook:tally_send by script                  302      403     405      403       403            403
daybook:tally_send by script POST             302      403     409      403       403            403
daybook:tally_worker by script                302      403     200      403       403            403

daybook:my_work                               302      403     200      403       403            403
daybook:my_work POST                          302      403     302      403       403            403
daybook:statement                             302      403     200      403       403            403
daybook:statement POST                        302      403     200      403       403            403

daybook:calendar                              302      403     200      403       403            403
daybook:calendar POST                         302      403     302      403       403            403
daybook:calendar_feed                         404      404     404      404       404            404

activities:activity_list                      302      403     200      200       403            403
activities:activity_detail                    302      403     200      200       403            403
activities:activity_detail elsewhere          302      403     404      404       403            403
activities:activity_edit                      302      403     200      200       403            403
activities:activity_edit elsewhere            302      403     404      404       403            403
activities:activity_edit POST                 302      403     200      200       403            403
activities:activity_edit POST elsewhere       302      403     404      404       403            403
activities:activity_void                      302      403     200      200       403            403
activities:activity_void elsewhere            302      403     404      404       403            403
activities:activity_void POST                 302      403     200      200       403            403
activities:activity_void POST elsewhere       302      403     404      404       403            403
activities:activity_undo                      302      405     405      405       405            405
activities:activity_undo elsewhere            302      405     405      405       405            405
activities:activity_undo POST                 302      403     302      404       403            403
activities:activity_undo POST elsewhere       302      403     404      404       403            403

activities:activity_take_out                  302      405     405      405       405            405
activities:activity_take_out elsewhere        302      405     405      405       405            405
activities:activity_take_out POST             302      403     302      302       403            403
activities:activity_take_out POST elsewhere   302      403     404      404       403            403
activities:protocol_step_list                 302      403     200      200       403            403
activities:protocol_step_list elsewhere       302      403     404      404       403            403
activities:protocol_step_apply                302      405     405      405       405            405
activities:protocol_step_apply elsewhere      302      405     405      405       405            405
activities:protocol_step_apply POST           302      403     403      302       403            403
activities:protocol_step_apply POST elsewhere 302      403     403      404       403            403

activities:approval_list                      302      403     403      200       403            403
activities:activity_approve                   302      403     403      200       403            403
activities:activity_approve elsewhere         302      403     403      404       403            403
activities:activity_approve POST              302      403     403      200       403            403
activities:activity_approve POST elsewhere    302      403     403      404       403            403
activities:activity_join                      302      403     200      200       403            403
activities:activity_join elsewhere            302      403     404      404       403            403
activities:activity_join POST                 302      403     200      200       403            403
activities:activity_join POST elsewhere       302      403     404      404       403            403
activities:activity_unjoin                    302      405     405      405       405            405
activities:activity_unjoin elsewhere          302      405     405      405       405            405
activities:activity_unjoin POST               302      403     404      404       403            403
activities:activity_unjoin POST elsewhere     302      403     404      404       403            403

activities:time_edit                          302      403     200      403       403            403
activities:time_edit elsewhere                302      403     404      403       403            403
activities:time_edit POST                     302      403     200      403       403            403
activities:time_edit POST elsewhere           302      403     404      403       403            403
activities:time_confirm                       302      405     405      405       405            405
activities:time_confirm elsewhere             302      405     405      405       405            405
activities:time_confirm POST                  302      403     302      403       403            403
activities:time_confirm POST elsewhere        302      403     404      403       403            403
activities:time_remove                        302      405     405      405       405            405
activities:time_remove elsewhere              302      405     405      405       405            405
activities:time_remove POST                   302      403     302      403       403            403
activities:time_remove POST elsewhere         302      403     404      403       403            403

activities:time_approve                       302      403     403      200       403            403
activities:time_approve elsewhere             302      403     403      404       403            403
activities:time_approve POST                  302      403     403      200       403            403
activities:time_approve POST elsewhere        302      403     403      404       403            403
activities:time_take_off                      302      403     403      200       403            403
activities:time_take_off elsewhere            302      403     403      404       403            403
activities:time_take_off POST                 302      403     403      200       403            403
activities:time_take_off POST elsewhere       302      403     403      404       403            403

activities:thread_choose                      302      403     200      403       403            403
activities:thread_choose elsewhere            302      403     404      403       403            403
activities:thread_choose POST                 302      403     200      403       403            403
activities:thread_choose POST elsewhere       302      403     404      403       403            403
activities:thread_list                        302      403     200      403       403            403
activities:thread_detail                      302      403     200      403       403            403
activities:thread_detail elsewhere            302      403     404      403       403            403
activities:thread_agree                       302      403     200      403       403            403
activities:thread_agree elsewhere             302      403     404      403       403            403
activities:thread_agree POST                  302      403     200      403       403            403
activities:thread_agree POST elsewhere        302      403     404      403       403            403
activities:thread_dissolve                    302      403     200      403       403            403
activities:thread_dissolve elsewhere          302      403     404      403       403            403
activities:thread_dissolve POST               302      403     302      403       403            403
activities:thread_dissolve POST elsewhere     302      403     302      403       403            403

activities:series_list                        302      403     200      200       403            403
activities:series_add                         302      403     200      200       403            403
activities:series_add POST                    302      403     200      200       403            403
activities:series_detail                      302      403     200      200       403            403
activities:series_detail elsewhere            302      403     404      404       403            403
activities:series_edit                        302      403     200      200       403            403
activities:series_edit elsewhere              302      403     404      404       403            403
activities:series_edit POST                   302      403     200      200       403            403
activities:series_edit POST elsewhere         302      403     404      404       403            403
activities:series_handover                    302      403     200      200       403            403
activities:series_handover elsewhere          302      403     404      404       403            403
activities:series_handover POST               302      403     200      200       403            403
activities:series_handover POST elsewhere     302      403     404      404       403            403
activities:series_not_run                     302      403     200      403       403            403
activities:series_not_run elsewhere           302      403     404      403       403            403
activities:series_not_run POST                302      403     200      403       403            403
activities:series_not_run POST elsewhere      302      403     404      403       403            403
activities:series_join                        302      403     200      403       403            403
activities:series_join elsewhere              302      403     404      403       403            403
activities:series_join POST                   302      403     200      403       403            403
activities:series_join POST elsewhere         302      403     404      403       403            403

partnerships:protocol_list                    302      403     200      200       403            403
partnerships:protocol_detail                  302      403     200      200       403            403
partnerships:protocol_detail elsewhere        302      403     404      404       403            403
partnerships:protocol_cell                    302      403     200      200       403            403
partnerships:protocol_step                    302      403     403      200       403            403
partnerships:protocol_step POST               302      403     403      200       403            403
partnerships:protocol_file                    302      403     200      200       403            403
partnerships:protocol_file elsewhere          302      403     404      404       403            403
partnerships:protocol_file_add                302      403     403      200       403            403
partnerships:protocol_file_add elsewhere      302      403     403      404       403            403
partnerships:protocol_file_add POST           302      403     403      200       403            403
partnerships:protocol_file_add POST elsewhere 302      403     403      404       403            403
partnerships:protocol_file_remove             302      405     405      405       405            405
partnerships:protocol_file_remove elsewhere   302      405     405      405       405            405
partnerships:protocol_file_remove POST        302      403     403      302       403            403
partnerships:protocol_file_remove POST elsewhere 302   403     403      404       403            403
partnerships:agency_list                      302      403     200      200       403            403
partnerships:agency_detail                    302      403     200      200       403            403
partnerships:agency_add                       302      403     200      200       403            403
partnerships:agency_add POST                  302      403     200      200       403            403
partnerships:agency_edit                      302      403     403      200       403            403
partnerships:agency_edit POST                 302      403     403      200       403            403
partnerships:agency_settle                    302      405     405      405       405            405
partnerships:agency_settle POST               302      403     403      302       403            403
partnerships:site_add                         302      403     200      200       403            403
partnerships:site_add POST                    302      403     200      200       403            403
partnerships:site_edit                        302      403     403      200       403            403
partnerships:site_edit POST                   302      403     403      200       403            403
partnerships:site_settle                      302      405     405      405       405            405
partnerships:site_settle POST                 302      403     403      302       403            403

cases:case_list                               302      403     200      200       403            403
cases:case_detail                             302      403     200      200       403            403
cases:case_detail elsewhere                   302      403     404      404       403            403
cases:case_reveal                             302      403     405      405       403            403
cases:case_reveal elsewhere                   302      403     405      405       403            403
cases:case_reveal POST                        302      403     200      200       403            403
cases:case_reveal POST elsewhere              302      403     404      404       403            403
cases:case_open                               302      403     200      200       403            403
cases:case_open POST                          302      403     200      200       403            403
cases:case_edit                               302      403     200      200       403            403
cases:case_edit elsewhere                     302      403     404      404       403            403
cases:case_edit POST                          302      403     200      200       403            403
cases:case_edit POST elsewhere                302      403     404      404       403            403
cases:case_level                              302      403     200      200       403            403
cases:case_level elsewhere                    302      403     404      404       403            403
cases:case_level POST                         302      403     200      200       403            403
cases:case_level POST elsewhere               302      403     404      404       403            403
cases:case_handover                           302      403     200      200       403            403
cases:case_handover elsewhere                 302      403     404      404       403            403
cases:case_handover POST                      302      403     200      200       403            403
cases:case_handover POST elsewhere            302      403     404      404       403            403
cases:case_share                              302      403     200      200       403            403
cases:case_share elsewhere                    302      403     404      404       403            403
cases:case_share POST                         302      403     200      200       403            403
cases:case_share POST elsewhere               302      403     404      404       403            403
cases:case_close                              302      403     200      200       403            403
cases:case_close elsewhere                    302      403     404      404       403            403
cases:case_close POST                         302      403     200      200       403            403
cases:case_close POST elsewhere               302      403     404      404       403            403
cases:case_step_up                            302      403     200      200       403            403
cases:case_step_up elsewhere                  302      403     404      404       403            403
cases:case_step_up POST                       302      403     200      200       403            403
cases:case_step_up POST elsewhere             302      403     404      404       403            403
cases:case_step_down                          302      403     200      200       403            403
cases:case_step_down elsewhere                302      403     404      404       403            403
cases:case_step_down POST                     302      403     200      200       403            403
cases:case_step_down POST elsewhere           302      403     404      404       403            403
cases:case_reopen                             302      405     405      405       405            405
cases:case_reopen elsewhere                   302      405     405      405       405            405
cases:case_reopen POST                        302      403     302      302       403            403
cases:case_reopen POST elsewhere              302      403     404      404       403            403

cases:subject_find                            302      403     403      200       403            403
cases:subject_find POST                       302      403     403      200       403            403
cases:case_compare                            302      403     403      200       403            403
cases:case_compare POST                       302      403     403      200       403            403

cases:request_list                            302      403     200      200       403            403
cases:request_add                             302      403     200      200       403            403
cases:request_add POST                        302      403     200      200       403            403
cases:request_detail                          302      403     200      200       403            403
cases:request_detail elsewhere                302      403     404      404       403            403
cases:request_edit                            302      403     200      200       403            403
cases:request_edit elsewhere                  302      403     404      404       403            403
cases:request_edit POST                       302      403     200      200       403            403
cases:request_edit POST elsewhere             302      403     404      404       403            403
cases:request_first_contact                   302      403     200      200       403            403
cases:request_first_contact elsewhere         302      403     404      404       403            403
cases:request_first_contact POST              302      403     200      200       403            403
cases:request_first_contact POST elsewhere    302      403     404      404       403            403
cases:request_decide                          302      403     200      200       403            403
cases:request_decide elsewhere                302      403     404      404       403            403
cases:request_decide POST                     302      403     200      200       403            403
cases:request_decide POST elsewhere           302      403     404      404       403            403

cases:referral_list                           302      403     200      200       403            403
cases:referral_add                            302      403     200      200       403            403
cases:referral_add POST                       302      403     200      200       403            403
cases:referral_detail                         302      403     200      200       403            403
cases:referral_detail elsewhere               302      403     404      404       403            403
cases:referral_edit                           302      403     200      200       403            403
cases:referral_edit elsewhere                 302      403     404      404       403            403
cases:referral_edit POST                      302      403     200      200       403            403
cases:referral_edit POST elsewhere            302      403     404      404       403            403
cases:referral_decide                         302      403     200      200       403            403
cases:referral_decide elsewhere               302      403     404      404       403            403
cases:referral_decide POST                    302      403     200      200       403            403
cases:referral_decide POST elsewhere          302      403     404      404       403            403

cases:link_worker_list                        302      403     403      200       403            403
cases:link_worker_list POST                   302      403     403      200       403            403
cases:link_worker_end                         302      403     403      200       403            403
cases:link_worker_end POST                    302      403     403      200       403            403

workload:team_list                            302      403     403      200       403            403
workload:team_detail                          302      403     403      200       403            403
workload:team_detail elsewhere                302      403     403      404       403            403
workload:team_handover                        302      403     403      200       403            403
workload:team_handover elsewhere              302      403     403      404       403            403
workload:team_handover POST                   302      403     403      200       403            403
workload:team_handover POST elsewhere         302      403     403      404       403            403
workload:worker_detail                        302      403     403      200       403            403
workload:worker_detail elsewhere              302      403     403      404       403            403
workload:weight_list                          302      403     200      200       200            200
workload:weight_add                           302      403     403      200       403            403
workload:weight_add POST                      302      403     403      200       403            403
workload:placement_list                       302      403     200      200       403            403
workload:placement_list elsewhere             302      403     404      404       403            403
workload:placement_add                        302      403     403      200       403            403
workload:placement_add elsewhere              302      403     403      404       403            403
workload:placement_add POST                   302      403     403      200       403            403
workload:placement_add POST elsewhere         302      403     403      404       403            403
workload:placement_edit                       302      403     403      200       403            403
workload:placement_edit elsewhere             302      403     403      404       403            403
workload:placement_edit POST                  302      403     403      200       403            403
workload:placement_edit POST elsewhere        302      403     403      404       403            403
workload:placement_end                        302      403     403      200       403            403
workload:placement_end elsewhere              302      403     403      404       403            403
workload:placement_end POST                   302      403     403      200       403            403
workload:placement_end POST elsewhere         302      403     403      404       403            403
workload:agenda                               302      403     200      200       403            403
workload:records_list                         302      403     403      200       403            403
workload:records_export                       302      403     403      200       403            403
workload:records_dictionary                   302      403     403      200       403            403

returns:summary                               302      403     403      200       200            403
returns:summary ?team elsewhere               302      403     403      404       404            403
indicators:indicator_list                     302      403     200      200       200            200
indicators:indicator_detail                   302      403     200      200       200            200
indicators:indicator_compare                  302      403     200      200       200            403
indicators:indicator_compare ?scope           302      403     404      404       404            403
indicators:indicator_detail ?scope            302      403     404      404       404            404
indicators:indicator_records                  302      403     200      200       403            403
indicators:indicator_records ?scope           302      403     404      404       403            403
indicators:indicator_comment                  302      403     200      200       200            403
indicators:indicator_comment POST             302      403     200      200       200            403
indicators:comment_take_back                  302      405     405      405       405            405
indicators:comment_take_back POST             302      403     302      404       404            403

returns:return_list                           302      403     403      200       200            403
returns:funder_list                           302      403     403      403       200            403
returns:funder_detail                         302      403     403      403       200            403
returns:funder_detail POST                    302      403     403      403       302            403
returns:return_prepare                        302      403     403      403       200            403
returns:return_prepare POST                   302      403     403      403       200            403
returns:return_detail                         302      403     403      200       200            403
returns:return_detail elsewhere               302      403     403      404       404            403
returns:return_explainer                      302      403     403      200       200            403
returns:return_explainer elsewhere            302      403     403      404       404            403
returns:return_compare                        302      403     403      200       200            403
returns:return_compare elsewhere              302      403     403      404       404            403
returns:return_progress                       302      403     403      403       200            403
returns:return_progress elsewhere             302      403     403      403       404            403
returns:return_check                          302      403     403      403       200            403
returns:return_check elsewhere                302      403     403      403       404            403
returns:return_download                       302      403     403      403       200            403
returns:return_download elsewhere             302      403     403      403       404            403
returns:return_restart                        302      405     405      405       405            405
returns:return_restart elsewhere              302      405     405      405       405            405
returns:return_restart POST                   302      403     403      403       302            403
returns:return_restart POST elsewhere         302      403     403      403       404            403
returns:return_approve                        302      405     405      405       405            405
returns:return_approve elsewhere              302      405     405      405       405            405
returns:return_approve POST                   302      403     403      403       302            403
returns:return_approve POST elsewhere         302      403     403      403       404            403
returns:return_release                        302      403     403      403       200            403
returns:return_release elsewhere              302      403     403      403       404            403
returns:return_release POST                   302      403     403      403       200            403
returns:return_release POST elsewhere         302      403     403      403       404            403
returns:return_withdraw                       302      403     403      403       200            403
returns:return_withdraw elsewhere             302      403     403      403       404            403
returns:return_withdraw POST                  302      403     403      403       302            403
returns:return_withdraw POST elsewhere        302      403     403      403       404            403

returns:closing_calendar                      302      403     403      403       200            403
returns:quarter_close                         302      403     403      403       200            403
returns:quarter_close elsewhere               302      403     403      403       404            403
returns:quarter_close POST                    302      403     403      403       302            403
returns:quarter_close POST elsewhere          302      403     403      403       404            403
returns:release_settings                      302      403     403      403       403            200
returns:release_settings POST                 302      403     403      403       403            200
stewardship:service_detail                    302      403     403      403       403            200

returns:query_list                            302      403     403      200       200            403
returns:query_ask                             302      403     403      403       404            403
returns:query_ask ?figure                     302      403     403      403       200            403
returns:query_ask ?figure POST                302      403     403      403       200            403
returns:query_detail                          302      403     403      200       200            403
returns:query_detail elsewhere                302      403     403      404       404            403
returns:query_detail POST                     302      403     403      200       200            403
returns:query_detail POST elsewhere           302      403     403      404       404            403
returns:query_settle                          302      405     405      405       405            405
returns:query_settle elsewhere                302      405     405      405       405            405
returns:query_settle POST                     302      403     403      403       302            403
returns:query_settle POST elsewhere           302      403     403      403       404            403

intake:places_add                             302      403     403      403       403            200
intake:places_add POST                        302      403     403      403       403            200
intake:places_authority                       302      403     403      403       403            200
intake:places_authority elsewhere             302      403     403      403       403            404
intake:places_authority POST                  302      403     403      403       403            200
intake:places_authority POST elsewhere        302      403     403      403       403            404
intake:places_list                            302      403     403      403       403            200
intake:places_list elsewhere                  302      403     403      403       403            404
intake:places_list POST                       302      403     403      403       403            302
intake:places_list POST elsewhere             302      403     403      403       403            404
intake:places_fetch                           302      405     405      405       405            405
intake:places_fetch POST                      302      403     403      403       403            404
intake:places_apply                           302      405     405      405       405            405
intake:places_apply elsewhere                 302      405     405      405       405            405
intake:places_apply POST                      302      403     403      403       403            302
intake:places_apply POST elsewhere            302      403     403      403       403            404

stewardship:trail_list                        302      403     403      403       403            200
stewardship:user_list                         302      403     403      403       403            200
stewardship:user_add                          302      403     403      403       403            200
stewardship:user_add POST                     302      403     403      403       403            200
stewardship:user_detail                       302      403     403      403       403            200
stewardship:user_edit                         302      403     403      403       403            200
stewardship:user_edit POST                    302      403     403      403       403            200
stewardship:user_invite_all                   302      403     403      403       403            200
stewardship:user_invite_all POST              302      403     403      403       403            200
stewardship:user_invite                       302      405     405      405       405            405
stewardship:user_invite POST                  302      403     403      403       403            200
stewardship:user_switch_off                   302      405     405      405       405            405
stewardship:user_switch_off POST              302      403     403      403       403            302
stewardship:user_switch_on                    302      405     405      405       405            405
stewardship:user_switch_on POST               302      403     403      403       403            302
stewardship:factor_reset_ask                  302      405     405      405       405            405
stewardship:factor_reset_ask POST             302      403     403      403       403            302
stewardship:factor_reset_confirm              302      403     403      200       403            200
stewardship:factor_reset_confirm elsewhere    302      403     403      404       403            200
stewardship:factor_reset_confirm POST         302      403     403      302       403            302
stewardship:factor_reset_confirm POST elsewhere 302    403     403      404       403            302
stewardship:user_leave                        302      403     403      403       403            200
stewardship:user_leave POST                   302      403     403      403       403            200
stewardship:role_give                         302      403     403      403       403            200
stewardship:role_give POST                    302      403     403      403       403            200
stewardship:role_end                          302      403     403      403       403            200
stewardship:role_end POST                     302      403     403      403       403            200

stewardship:person_list                       302      403     403      200       403            200
stewardship:person_detail                     302      403     403      200       403            200
stewardship:person_detail elsewhere           302      403     403      404       403            200
stewardship:hat_add                           302      403     403      403       403            200
stewardship:hat_add POST                      302      403     403      403       403            200
stewardship:hat_edit                          302      403     403      403       403            200
stewardship:hat_edit POST                     302      403     403      403       403            200
stewardship:hat_end                           302      403     403      403       403            200
stewardship:hat_end POST                      302      403     403      403       403            200
stewardship:contract_add                      302      403     403      200       403            200
stewardship:contract_add elsewhere            302      403     403      404       403            200
stewardship:contract_add POST                 302      403     403      200       403            200
stewardship:contract_add POST elsewhere       302      403     403      404       403            200
stewardship:contract_edit                     302      403     403      200       403            200
stewardship:contract_edit elsewhere           302      403     403      404       403            200
stewardship:contract_edit POST                302      403     403      200       403            200
stewardship:contract_edit POST elsewhere      302      403     403      404       403            200
stewardship:contract_remove                   302      405     405      405       405            405
stewardship:contract_remove elsewhere         302      405     405      405       405            405
stewardship:contract_remove POST              302      403     403      302       403            302
stewardship:contract_remove POST elsewhere    302      403     403      404       403            302
stewardship:absence_list                      302      403     200      200       403            200
stewardship:absence_add                       302      403     200      200       403            200
stewardship:absence_add POST                  302      403     200      200       403            200
stewardship:absence_edit                      302      403     200      200       403            200
stewardship:absence_edit elsewhere            302      403     404      404       403            200
stewardship:absence_edit POST                 302      403     200      200       403            200
stewardship:absence_edit POST elsewhere       302      403     404      404       403            200
stewardship:absence_remove                    302      405     405      405       405            405
stewardship:absence_remove elsewhere          302      405     405      405       405            405
stewardship:absence_remove POST               302      403     302      302       403            302
stewardship:absence_remove POST elsewhere     302      403     404      404       403            302

stewardship:item_list                         302      403     403      403       403            200
stewardship:item_add                          302      403     403      403       403            200
stewardship:item_add POST                     302      403     403      403       403            200
stewardship:item_edit                         302      403     403      403       403            200
stewardship:item_edit POST                    302      403     403      403       403            200
stewardship:item_archive                      302      405     405      405       405            405
stewardship:item_archive POST                 302      403     403      403       403            302
stewardship:item_remove                       302      405     405      405       405            405
stewardship:item_remove POST                  302      403     403      403       403            302

stewardship:term_list                         302      403     403      403       403            200
stewardship:term_add                          302      403     403      403       403            200
stewardship:term_add POST                     302      403     403      403       403            200
stewardship:term_paste                        302      403     403      403       403            200
stewardship:term_paste POST                   302      403     403      403       403            200
stewardship:term_edit                         302      403     403      403       403            200
stewardship:term_edit POST                    302      403     403      403       403            200
stewardship:term_remove                       302      405     405      405       405            405
stewardship:term_remove POST                  302      403     403      403       403            302
stewardship:district_list                     302      403     403      403       403            200
stewardship:district_edit                     302      403     403      403       403            200
stewardship:district_edit POST                302      403     403      403       403            200
stewardship:year_end                          302      403     403      403       403            200


stewardship:team_list                         302      403     403      403       403            200
stewardship:team_add                          302      403     403      403       403            200
stewardship:team_add POST                     302      403     403      403       403            200
stewardship:team_detail                       302      403     403      403       403            200
stewardship:team_managers                     302      403     403      403       403            200
stewardship:team_managers POST                302      403     403      403       403            302
stewardship:team_rename                       302      403     403      403       403            200
stewardship:team_rename POST                  302      403     403      403       403            200
stewardship:team_split                        302      403     403      403       403            200
stewardship:team_split POST                   302      403     403      403       403            200
stewardship:team_merge                        302      403     403      403       403            200
stewardship:team_merge POST                   302      403     403      403       403            200
stewardship:team_close                        302      403     403      403       403            200
stewardship:team_close POST                   302      403     403      403       403            200
stewardship:team_reopen                       302      405     405      405       405            405
stewardship:team_reopen POST                  302      403     403      403       403            302
stewardship:stream_rename                     302      403     403      403       403            200
stewardship:stream_rename POST                302      403     403      403       403            200
stewardship:place_list                        302      403     403      403       403            200
stewardship:place_add                         302      403     403      403       403            200
stewardship:place_add POST                    302      403     403      403       403            200
stewardship:place_detail                      302      403     403      403       403            200
stewardship:place_edit                        302      403     403      403       403            200
stewardship:place_edit POST                   302      403     403      403       403            200
stewardship:place_settle                      302      405     405      405       405            405
stewardship:place_settle POST                 302      403     403      403       403            302
stewardship:place_archive                     302      403     403      403       403            200
stewardship:place_archive POST                302      403     403      403       403            200
stewardship:place_reopen                      302      405     405      405       405            405
stewardship:place_reopen POST                 302      403     403      403       403            302
stewardship:place_merge                       302      403     403      403       403            200
stewardship:place_merge POST                  302      403     403      403       403            200
stewardship:merge_undo                        302      403     403      403       403            200
stewardship:merge_undo POST                   302      403     403      403       403            302
stewardship:identifier_add                    302      403     403      403       403            200
stewardship:identifier_add POST               302      403     403      403       403            200
stewardship:identifier_edit                   302      403     403      403       403            200
stewardship:identifier_edit POST              302      403     403      403       403            200
stewardship:identifier_remove                 302      405     405      405       405            405
stewardship:identifier_remove POST            302      403     403      403       403            302

stewardship:retention_detail                  302      403     403      403       403            200
stewardship:retention_detail POST             302      403     403      403       403            200
stewardship:hold_add                          302      403     403      403       403            200
stewardship:hold_add POST                     302      403     403      403       403            200
stewardship:hold_lift                         302      405     405      405       405            405
stewardship:hold_lift POST                    302      403     403      403       403            302
stewardship:own_data                          302      200     200      200       200            200
stewardship:own_data POST                     302      200     200      200       200            200

intake:batch_list                             302      403     200      200       403            200
intake:layout_list                            302      403     403      403       403            200
intake:calendar_add                           302      403     200      403       403            403
intake:calendar_add POST                      302      403     200      403       403            403
intake:activity_add                           302      403     200      200       403            403
intake:activity_add POST                      302      403     200      200       403            403
intake:activity_questions                     302      403     200      404       403            403
intake:activity_questions elsewhere           302      403     404      404       403            403
intake:activity_questions POST                302      403     200      404       403            403
intake:activity_questions POST elsewhere      302      403     404      404       403            403
intake:activity_preview                       302      403     200      404       403            403
intake:activity_preview elsewhere             302      403     404      404       403            403
intake:activity_preview POST                  302      403     302      404       403            403
intake:activity_preview POST elsewhere        302      403     404      404       403            403
intake:activity_import                        302      405     405      405       405            405
intake:activity_import elsewhere              302      405     405      405       405            405
intake:activity_import POST                   302      403     302      404       403            403
intake:activity_import POST elsewhere         302      403     404      404       403            403
intake:service_add                            302      403     403      403       403            200
intake:service_add POST                       302      403     403      403       403            200
intake:service_template                       302      403     403      403       403            200
intake:service_preview                        302      403     403      403       403            200
intake:service_preview elsewhere              302      403     403      403       403            404
intake:service_import                         302      405     405      405       405            405
intake:service_import elsewhere               302      405     405      405       405            405
intake:service_import POST                    302      403     403      403       403            302
intake:service_import POST elsewhere          302      403     403      403       403            404
intake:batch_detail                           302      403     200      404       403            404
intake:batch_detail elsewhere                 302      403     404      404       403            404
intake:batch_progress                         302      403     200      404       403            404
intake:batch_progress elsewhere               302      403     404      404       403            404
intake:batch_restart                          302      405     405      405       405            405
intake:batch_restart elsewhere                302      405     405      405       405            405
intake:batch_restart POST                     302      403     302      404       403            404
intake:batch_restart POST elsewhere           302      403     404      404       403            404
intake:batch_drop                             302      405     405      405       405            405
intake:batch_drop elsewhere                   302      405     405      405       405            405
intake:batch_drop POST                        302      403     302      404       403            404
intake:batch_drop POST elsewhere              302      403     404      404       403            404
intake:batch_take_back                        302      403     200      404       403            404
intake:batch_take_back elsewhere              302      403     404      404       403            404
intake:batch_take_back POST                   302      403     302      404       403            404
intake:batch_take_back POST elsewhere         302      403     404      404       403            404

account_login                                 200      302     302      302       302            302
account_logout                                302      200     200      200       200            200
account_inactive                              200      200     200      200       200            200
account_signup                                200      302     302      302       302            302
account_reauthenticate                        302      200     200      200       200            200
account_email                                 302      200     200      200       200            200
account_email_verification_sent               200      200     200      200       200            200
account_change_password                       302      200     200      200       200            200
account_set_password                          302      302     302      302       302            302
account_reset_password                        200      200     200      200       200            200
account_confirm_login_code                    302      302     302      302       302            302
account_confirm_email                         200      200     200      200       200            200
account_reset_password_from_key               200      200     200      200       200            200
account_reset_password_from_key_done          200      200     200      200       200            200
account_reset_password_done                   200      200     200      200       200            200

accounts:identity_sign_in                     405      405     405      405       405            405
accounts:identity_invited                     405      405     405      405       405            405
accounts:identity_link                        302      302     302      302       302            302
accounts:identity_detail                      302      404     404      404       404            404
accounts:identity_again                       302      404     404      404       404            404
stewardship:scim_users                        404      404     404      404       404            404
stewardship:scim_user                         404      404     404      404       404            404
openid_connect_callback                       404      404     404      404       404            404

mfa_index                                     302      200     200      200       200            200
mfa_authenticate                              302      302     302      302       302            302
mfa_trust                                     302      302     302      302       302            302
mfa_login_webauthn                            302      302     302      302       302            302
mfa_reauthenticate                            302      302     302      302       302            302
mfa_reauthenticate_webauthn                   302      302     302      302       302            302
mfa_activate_totp                             302      302     302      302       302            302
mfa_deactivate_totp                           302      404     404      404       404            404
mfa_view_recovery_codes                       302      404     404      404       404            404
mfa_generate_recovery_codes                   302      302     302      302       302            302
mfa_download_recovery_codes                   302      404     404      404       404            404
mfa_list_webauthn                             302      200     200      200       200            200
mfa_add_webauthn                              302      302     302      302       302            302
mfa_edit_webauthn                             302      302     302      302       302            302
mfa_remove_webauthn                           302      302     302      302       302            302
"""
# What still opens for whoever has to set up a second factor first, beside what is open to all.
WITHOUT_A_FACTOR = {
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
}


CHANGES_OF_A_CASE = (
    "edit",
    "level",
    "handover",
    "share",
    "close",
    "step_up",
    "step_down",
    "reopen",
)


def read(matrix):
    """The roles, and {line: (name, marks, expected answers in the order of the roles)}."""
    head, *lines = [line for line in matrix.splitlines() if line]
    roles = head.split()[1:]
    rows = {}
    for line in lines:
        words = line.split()
        what, answers = words[: -len(roles)], [int(word) for word in words[-len(roles) :]]
        rows[" ".join(what)] = (what[0], what[1:], answers)
    return roles, rows


ROLES, ROWS = read(MATRIX)


def names(resolver, namespace=""):
    """Every URL name of the site."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}"


def cast_and_arguments():
    """Who signs in, by role, and what `arguments_for` makes of the worker and an outsider."""
    north = TeamFactory(name="North team", slug="north")
    worker, outsider = UserFactory(worker=True), UserFactory(worker=True)
    worker.hat = PlacementFactory(worker=worker, team=north)
    ContractFactory(worker=worker)
    outsider.hat = PlacementFactory(worker=outsider, team=TeamFactory(slug="south"))
    manager, officer = UserFactory(manager=True), UserFactory(district=True)
    north.managers.add(manager)
    DistrictFactory().officers.add(officer)
    cast = {
        "anonymous": None,
        "no_role": UserFactory(name="Nora Norole"),
        "worker": worker,
        "manager": manager,
        "district": officer,
        "administrator": UserFactory(administrator=True),
    }
    return cast, arguments_for(worker, outsider, cast["administrator"])


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once for all lines, rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOON):
            made = cast_and_arguments()
        yield made
        transaction.set_rollback(True)


def session_of(hat):
    """A series that the worker of this hat leads, and a planned date of it that is recorded."""
    series = SeriesFactory(team=hat.team, led_by=hat.worker)
    day = date(2026, 11, 16)
    ActivityFactory(by=hat, series=series, date=day, planned_on=day)
    return [series.pk, day.isoformat()]


def thread_of(hat):
    """A thread of this hat's worker, with one contact."""
    thread = ThreadFactory(worker=hat.worker)
    ActivityFactory(by=hat, kind="consultation_family", thread=thread)
    return thread


def arguments_for_administrators(administrator):
    people = (administrator, UserFactory(administrator=True))
    found = {}
    for name, made in (("service_preview", {}), ("service_import", {"state": "importing"})):
        batches = [BatchFactory(by=person, kind="service", **made) for person in people]
        found[f"intake:{name}"] = [[batch.pk] for batch in batches]
    unchosen = [[BatchFactory(by=person, of_places=True).pk] for person in people]
    chosen = [[BatchFactory(by=person, of_brindley=True).pk] for person in people]
    found["intake:places_authority"] = unchosen
    return found | {"intake:places_list": chosen, "intake:places_apply": chosen}


def arguments_for(worker, outsider, administrator=None):
    """{name: (arguments for the worker's record, arguments for another team's)}, made here.

    Of what belongs to an administrator: those of this one, and of another.
    """
    hats = (worker.hat, outsider.hat)
    records = [(ActivityFactory(by=hat), CaseFactory(allocated_to=hat), hat.team) for hat in hats]
    activities, cases, teams = zip(*records, strict=True)
    found = {
        f"activities:activity_{action}": [[activity.pk] for activity in activities]
        for action in ("detail", "edit", "void", "undo", "take_out", "join", "unjoin")
    }
    found |= arguments_for_administrators(administrator or UserFactory(administrator=True))
    batches = [[BatchFactory(by=hat.worker, imported=True).pk] for hat in hats]
    found["intake:activity_questions"] = [
        [StagedFileFactory(batch__by=hat.worker, batch__answers={"worker": hat.worker.pk}).batch_id]
        for hat in hats
    ]
    for action in ("preview", "import"):
        found[f"intake:activity_{action}"] = [
            [BatchFactory(by=hat.worker, answers={"worker": hat.worker.pk}).pk] for hat in hats
        ]
    for action in ("detail", "progress", "restart", "drop", "take_back"):
        found[f"intake:batch_{action}"] = batches
    found["activities:activity_approve"] = [
        [ActivityFactory(by=hat, status="awaiting").pk] for hat in (worker.hat, outsider.hat)
    ]
    of_colleague = ActivityFactory(
        entry__placement=PlacementFactory(team=worker.hat.team), by=outsider.hat
    )
    TimeEntryFactory(activity=of_colleague, placement=worker.hat, state="proposed")
    for action in ("edit", "confirm", "remove"):
        found[f"activities:time_{action}"] = [[of_colleague.pk], [activities[1].pk]]
    waiting = [
        TimeEntryFactory(activity=ActivityFactory(), placement=hat, state="awaiting").pk
        for hat in (worker.hat, outsider.hat)
    ]
    for action in ("approve", "take_off"):
        found[f"activities:time_{action}"] = [[pk] for pk in waiting]
    talks = [
        ActivityFactory(by=hat, kind="consultation_family") for hat in (worker.hat, outsider.hat)
    ]
    found["activities:thread_choose"] = [[talk.pk] for talk in talks]
    threads = [thread_of(hat).pk for hat in (worker.hat, outsider.hat)]
    for action in ("detail", "agree", "dissolve"):
        found[f"activities:thread_{action}"] = [[pk] for pk in threads]
    sessions = [session_of(hat) for hat in (worker.hat, outsider.hat)]
    for action in ("detail", "edit", "handover"):
        found[f"activities:series_{action}"] = [[series] for series, _ in sessions]
    for action in ("not_run", "join"):
        found[f"activities:series_{action}"] = sessions
    steps = [step_of(hat) for hat in (worker.hat, PlacementFactory(team__district=far()))]
    found["activities:protocol_step_list"] = [[step.protocol_id] for step in steps]
    found["activities:protocol_step_apply"] = [[step.pk] for step in steps]
    found["daybook:calendar_feed"] = [["no-such-key"], []]
    found["stewardship:factor_reset_ask"] = [[worker.pk], []]
    found["stewardship:factor_reset_confirm"] = [
        [FactorResetFactory(user=hat.worker).pk] for hat in hats
    ]
    for action in ("edit", "remove"):
        found[f"mfa_{action}_webauthn"] = [[1], []]
    found["stewardship:scim_user"] = [[worker.pk], []]
    found["openid_connect_callback"] = [["council"], []]
    for action in ("detail", "reveal", *CHANGES_OF_A_CASE):
        found[f"cases:case_{action}"] = [[case.pk] for case in cases]
    found |= partner_arguments(worker.hat.team.district)
    for action in ("detail", "handover"):
        found[f"workload:team_{action}"] = [[team.slug] for team in teams]
    requests = [RequestFactory(team=hat.team, worker=hat.worker).pk for hat in hats]
    for action in ("detail", "edit", "first_contact", "decide"):
        found[f"cases:request_{action}"] = [[pk] for pk in requests]
    referrals = [ReferralFactory(team=hat.team, worker=hat.worker) for hat in hats]
    for action in ("detail", "edit", "decide"):
        found[f"cases:referral_{action}"] = [[referral.pk] for referral in referrals]
    link_worker = LinkWorkerFactory()
    found["cases:link_worker_list"] = [[link_worker.agency_id], []]
    found["cases:link_worker_end"] = [[link_worker.pk], []]
    for action in ("list", "add"):
        found[f"workload:placement_{action}"] = [[worker.pk], [outsider.pk]]
    for action in ("edit", "end"):
        found[f"workload:placement_{action}"] = [[worker.hat.pk], [outsider.hat.pk]]
    found["workload:worker_detail"] = [
        [hat.team.slug, hat.worker_id] for hat in (worker.hat, outsider.hat)
    ]
    found["workload:agenda"] = [[AgencyFactory().pk], []]
    found["workload:records_export"] = [["activities"], []]
    found |= return_arguments(worker.hat.team, outsider.hat.team)
    found |= user_arguments(worker)
    found["daybook:log"] = [["drop_in"], []]
    for name in ("week", "week_undo", "proposal_log", "proposal_dismiss"):
        found[f"daybook:{name}"] = [["2026-W48"], []]
    for action in ("detail", "records", "comment"):
        found[f"indicators:indicator_{action}"] = [["VIS-01"], []]
    found["indicators:comment_take_back"] = [[DefinitionCommentFactory(author=worker).pk], []]
    found["help_topic"] = [["counting"], []]
    found["help_sheet"] = [["guide"], []]
    found |= staff_arguments(hats)
    found["stewardship:district_edit"] = [[worker.hat.team.district_id], []]
    for action in ("list", "add"):
        found[f"stewardship:item_{action}"] = [["posts"], []]
    for action in ("edit", "archive", "remove"):
        found[f"stewardship:item_{action}"] = [["posts", worker.hat.post_id], []]
    term = SchoolTermFactory()
    for action in ("edit", "remove"):
        found[f"stewardship:term_{action}"] = [[term.pk], []]
    found |= place_arguments(site=worker.hat.base_site)
    hold = LegalHold.objects.create(reason="a request", placed_by=worker)
    found["stewardship:hold_lift"] = [[hold.pk], []]
    found["accounts:browser_end"] = [["0123456789abcdef"], []]
    found["account_confirm_email"] = [["no-such-key"], []]
    found["account_reset_password_from_key"] = [["1", "no-such-key"], []]
    return found


def user_arguments(user):
    """Every user, team and stream is the administrator's to keep."""
    actions = ("detail", "edit", "invite", "leave", "switch_off", "switch_on")
    found = {f"stewardship:user_{action}": [[user.pk], []] for action in actions}
    found["stewardship:role_give"] = [[user.pk], []]
    found["stewardship:role_end"] = [[user.role_terms.get().pk], []]
    team = user.hat.team
    for action in ("detail", "managers", "rename", "split", "merge", "close", "reopen"):
        found[f"stewardship:team_{action}"] = [[team.pk], []]
    found["stewardship:stream_rename"] = [[user.hat.funding_stream_id], []]
    return found


def return_arguments(team, team_elsewhere):
    """Returns, closings and questions are out of reach in another district."""
    found, district = {}, team.district
    for number, action in enumerate(("progress", "restart", "check", "approve", "withdraw")):
        pairs = [
            ReturnFactory(district=one, period=f"{2020 + number}", preparing=action == "progress")
            for one in (district, far())
        ]
        found[f"returns:return_{action}"] = [[each.pk] for each in pairs]
    approved = [ReturnFactory(district=one, approved=True) for one in (district, far())]
    found["returns:return_release"] = [[each.pk] for each in approved]
    files = [
        ReturnFileFactory(of_return__district=one, of_return__period="2025-Q2")
        for one in (district, far())
    ]
    for action in ("detail", "compare", "explainer"):
        found[f"returns:return_{action}"] = [[each.of_return_id] for each in files]
    found["returns:return_download"] = [[each.of_return_id, each.name] for each in files]
    found["returns:funder_detail"] = [[FundingStreamFactory(slug="bridge").slug], []]
    found["returns:quarter_close"] = [["riverside", "2026-Q2"], ["far", "2026-Q2"]]
    queries = [
        FigureQueryFactory(district=district, team=team),
        FigureQueryFactory(district=far(), team=team_elsewhere),
    ]
    for query in queries:
        FigureQueryTextFactory(query=query)
    for action in ("detail", "settle"):
        found[f"returns:query_{action}"] = [[query.pk] for query in queries]
    return found


def far():
    return DistrictFactory(name="Far", slug="far")


def partner_arguments(district):
    """Protocols are out of reach in another district; agencies and sites are open lists."""
    papers = [
        ProtocolFileFactory(version__protocol=ProtocolFactory(district=one, topic="roles"))
        for one in (district, far())
    ]
    versions = [paper.version for paper in papers]
    found = {"partnerships:protocol_detail": [[version.protocol_id] for version in versions]}
    for name in ("protocol_file", "protocol_file_add", "protocol_file_remove"):
        found[f"partnerships:{name}"] = [[one.protocol_id, one.number] for one in versions]
    agency = versions[0].protocol.agency
    found["partnerships:protocol_cell"] = [[agency.pk, "consent"], []]
    found["partnerships:protocol_step"] = [[agency.pk, "consent", "agree"], []]
    for action in ("detail", "edit", "settle"):
        found[f"partnerships:agency_{action}"] = [[agency.pk], []]
    site = SiteFactory(agency=agency, is_provisional=True)
    for action in ("edit", "settle"):
        found[f"partnerships:site_{action}"] = [[site.pk], []]
    return found


def staff_arguments(hats):
    """What is kept of people: hats, contracts and absences."""
    # Only who keeps those of every team has pages of their own for hats.
    found = {f"stewardship:hat_{action}": [[hats[0].pk], []] for action in ("edit", "end")}
    found["stewardship:hat_add"] = [[hats[0].worker_id], []]
    for name in ("person_detail", "contract_add"):
        found[f"stewardship:{name}"] = [[hat.worker_id] for hat in hats]
    contracts = [ContractFactory(worker=hat.worker, until_on=date(2024, 12, 31)) for hat in hats]
    absences = [AbsenceFactory(worker=hat.worker) for hat in hats]
    for action in ("edit", "remove"):
        found[f"stewardship:contract_{action}"] = [[one.pk] for one in contracts]
        found[f"stewardship:absence_{action}"] = [[one.pk] for one in absences]
    return found


def place_arguments(site):
    """Lists that only an administrator keeps: agencies and sites."""
    found = {f"stewardship:place_{action}": [["sites"], []] for action in ("list", "add")}
    for action in ("detail", "edit", "settle", "archive", "reopen", "merge"):
        found[f"stewardship:place_{action}"] = [["sites", site.pk], []]
    found["stewardship:merge_undo"] = [[PlaceMergeFactory().pk], []]
    found["stewardship:identifier_add"] = [["sites", site.pk], []]
    number = ExternalIdentifierFactory(site=site)
    for action in ("edit", "remove"):
        found[f"stewardship:identifier_{action}"] = [[number.pk], []]
    return found


def step_of(hat):
    """Protocol work of this hat, in its district."""
    protocol = ProtocolFactory(district=hat.team.district)
    return ProtocolStepFactory(activity__by=hat, protocol=protocol)


@pytest.fixture(autouse=True)
def _three_days_after_the_activity(time_machine):
    time_machine.move_to(NOON)


def answer(user, name, marks, arguments):
    client = Client()
    if user is not None:
        client.force_login(user)
    own, elsewhere = arguments.get(name, [[], []])
    if "?team" in marks:
        return client.get(reverse(name), {"team": "south"}).status_code
    if "?scope" in marks:
        south = Team.objects.get(slug="south")
        return client.get(reverse(name, args=own), {"scope": f"team:{south.pk}"}).status_code
    url = reverse(name, args=elsewhere if "elsewhere" in marks else own)
    if "?figure" in marks:
        url += "?code=RCH-01&by=team&period=2026-Q2"
    return (client.post if "POST" in marks else client.get)(url).status_code


@pytest.mark.parametrize("row", ROWS)
def test_each_role_gets_its_answer(row, world):
    name, marks, expected = ROWS[row]
    cast, arguments = world
    answers = {}

    for role in ROLES:
        with transaction.atomic():
            answers[role] = answer(cast[role], name, marks, arguments)
            transaction.set_rollback(True)  # A POST of one role must not change it for the next.

    assert answers == dict(zip(ROLES, expected, strict=True))


def test_whoever_has_to_set_up_a_second_factor_opens_few_pages(world, settings):
    cast, arguments = world
    with_worker, anonymous = Client(), Client()
    with_worker.force_login(cast["worker"])
    pages = {name: reverse(name, args=arguments.get(name, [[]])[0]) for name, _, _ in ROWS.values()}
    sign_in = reverse("account_login")
    closed = {
        name: url
        for name, url in pages.items()
        if anonymous.get(url).headers.get("Location", "").startswith(f"{sign_in}?next=")
    }
    settings.SECOND_FACTOR = True

    set_up = reverse("mfa_index")
    opened = {
        name
        for name, url in closed.items()
        if with_worker.get(url).headers.get("Location") != set_up
    }

    assert opened == WITHOUT_A_FACTOR
    assert with_worker.get(reverse("account_logout")).status_code == 200


def test_every_page_stands_in_the_matrix_and_every_line_has_a_page():
    assert {name for name, _, _ in ROWS.values()} == set(names(get_resolver()))


def test_every_page_of_a_record_has_a_line_for_another_teams(world):
    _, arguments = world
    of_records = {name for name, (_, elsewhere) in arguments.items() if elsewhere}

    assert {row for row in of_records if f"{row} elsewhere" not in ROWS} == set()


def test_nobody_reaches_a_record_of_another_team():
    elsewhere = [answers for _, marks, answers in ROWS.values() if "elsewhere" in marks]

    # But for an administrator, who keeps hats, contracts and absences of every team.
    assert elsewhere
    assert not [answers for answers in elsewhere if 200 in answers[:-1]]
    assert ROLES[-1] == "administrator"


def test_nobody_but_those_signed_in_sees_a_page_of_the_work():
    # The calendar is read by its private address, an invitation by its key; without one the first
    # is not found, and the second says so. How long a session lasts is nothing to one without. The
    # council's sign-in is reached by POST, and its directory has a token.
    of_the_work = [
        answers for name, _, answers in ROWS.values() if ":" in name and name not in OPEN_TO_ALL
    ]

    assert {answers[ROLES.index("anonymous")] for answers in of_the_work} == {302}
