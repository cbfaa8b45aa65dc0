# Bases first: the others inherit from them.
from . import integration_filed  # isort: skip
from . import integration_secured  # isort: skip
from . import integration_gated  # isort: skip
from . import integration_evidence  # isort: skip
from . import integration_evidence_kinds  # isort: skip
from . import integration_recipient  # isort: skip
from . import integration_ledger  # isort: skip
from . import integration_late  # isort: skip
from . import integration_logged  # isort: skip
from . import integration_history  # isort: skip
from . import integration_monthly_count  # isort: skip
from . import integration_quiet_thread  # isort: skip
from . import integration_signed_paper  # isort: skip
from . import integration_represented  # isort: skip
from . import integration_master_guard  # isort: skip
from . import integration_master  # isort: skip
from . import integration_purposed  # isort: skip
from . import integration_plan_guard  # isort: skip
from . import integration_plan_part  # isort: skip
from . import base
from . import integration_access_log
from . import integration_area
from . import integration_benefit
from . import integration_benefit_type
from . import integration_case
from . import integration_case_access
from . import integration_case_assignment
from . import integration_case_card
from . import integration_case_late
from . import integration_case_consent
from . import integration_case_course
from . import integration_case_pause
from . import integration_case_stage
from . import integration_case_transfer
from . import integration_channel
from . import integration_client
from . import integration_client_card
from . import integration_client_consent
from . import integration_client_erase
from . import integration_client_guardian
from . import integration_client_history
from . import integration_client_purpose
from . import integration_client_transfer
from . import integration_closure_reason
from . import integration_consent
from . import integration_consent_check
from . import integration_consent_effects
from . import integration_consent_notice
from . import integration_consent_notice_line
from . import integration_contact
from . import integration_contact_consent
from . import integration_contact_person
from . import integration_contact_person_consent
from . import integration_county
from . import integration_demo
from . import integration_disclosure
from . import integration_disclosure_exception
from . import integration_education
from . import integration_employment
from . import integration_household
from . import integration_household_member
from . import integration_housing
from . import integration_housing_type
from . import integration_indicator
from . import integration_information_kind
from . import integration_language
from . import integration_language_level
from . import integration_mandate
from . import integration_municipality
from . import integration_note
from . import integration_paper_text
from . import integration_plan
from . import integration_plan_late
from . import integration_plan_left_open
from . import integration_plan_consent
from . import integration_plan_line
from . import integration_plan_review
from . import integration_plan_step
from . import integration_release
from . import integration_release_signing
from . import integration_report
from . import integration_report_drill
from . import integration_report_fact
from . import integration_report_line
from . import integration_report_submission
from . import integration_residence
from . import integration_residence_status
from . import integration_service
from . import integration_topic
from . import integration_withdrawal_count
from . import integration_withdrawal_recipient
from . import ir_attachment
from . import ir_attachment_filed
from . import ir_binary
from . import ir_http
from . import ir_module_module
from . import ir_rule
from . import mail_activity
from . import mail_followers
from . import mail_message
from . import res_company
from . import res_company_submission
from . import res_partner
from . import res_partner_left_out
from . import res_partner_logged
