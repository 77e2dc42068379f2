extension BundledSample {
    /// Prompts, reasoning, agents and evaluation.
    static let reasoning = """
        Pre-Trained Language Models for Interactive Decision-Making (2022)

        Does knowledge gained from text help an agent that has to act? In this work a pretrained language model becomes
        the starting point of a policy: goal, past actions and observations are turned into a sequence of vectors, and
        the network learns by imitation which action comes next. In a simulated household, such policies cope with new
        combinations of goals and objects far better than ones trained from scratch. Where no expert demonstrations
        exist, the agent explores, relabels its failures with goals that they happened to reach, and learns from them.
        Surprisingly, the inputs need not look like language at all.

        On the Design and Analysis of LLM-Based Algorithms (2024)

        Programs that call a language model many times, splitting a problem, solving the pieces and merging the results,
        have mostly been built by feel. This paper wants to analyse them as computer scientists analyse algorithms. A
        program becomes a graph whose nodes are model calls or ordinary code; assumptions about how a call's error and
        cost grow with the length of its input then give bounds for the entire program. Parallel, hierarchical and
        recursive decompositions are studied through examples such as sorting, counting, retrieval and long-document
        questions, and the theory predicts the best size of sub-tasks, which experiments confirm.

        Prompting Is Programming: A Query Language for Large Language Models (2022)

        Prompts grow into tangled scripts of string templates, API calls and parsing. LMQL turns them into a proper
        programming language: ordinary control flow and variables are interleaved with prompt text, and a query states
        where the model should fill in words and which constraints the words must meet, for example a maximum length, a
        list of allowed values or a format. The runtime compiles these constraints into masks over next tokens and
        evaluates them eagerly, so invalid continuations are never generated. Well-known prompting patterns become a few
        lines, with the same accuracy and notably fewer billed tokens.

        Set-Based Prompting: Provably Solving the Language Model Order Dependency Problem (2024)

        Swap the options of a multiple-choice question and a language model may change its mind. Set-Based Prompting
        removes this order dependency for good rather than on average. The sub-sequences that are meant to be a set,
        such as options or documents, receive identical position numbers, and the attention mask keeps them from seeing
        one another; everything after them sees all. From this a proof follows that no permutation can alter the output,
        whatever the transformer. Though models never met such inputs in training, accuracy drops little, mostly less
        than shuffling would cost, and no fine-tuning is required.

        Embers of Autoregression: Understanding Large Language Models Through the Problem They are Trained to Solve
        (2023)

        To know what a system is good at, ask what it was made for. Language models were made to predict the next word
        of internet text, and the authors show that this leaves marks even on tasks with one correct answer. Whether the
        model succeeds depends on how common the task is, how probable the answer is as a sentence, and how probable the
        question is. Shift ciphers, sorting, counting letters, reversing lists and others serve as tests: rotating
        letters by thirteen works far better than by two, and decoding a ciphered likely sentence better than an odd
        one.

        Are Large Language Models Temporally Grounded? (2023)

        Stories rely on time: breakfast lasts minutes, graduation follows enrolment. The authors probe whether language
        models grasp such things. Three abilities are measured on narratives: common sense about how long and how often
        events happen, placing events in order, and not contradicting oneself, since what comes before cannot also come
        after. Strong models stay well behind people and behind smaller specialised ones, and consistency is worst of
        all. Examples in the prompt, reasoning chains, instruction tuning and sheer size help only a bit. A look at
        training text suggests a reason: sentences are often not written in the order of events.

        Generative Judge for Evaluating Alignment (2023)

        Judging whether an assistant's answer is good is itself a job for a language model. Auto-J, with thirteen
        billion parameters, was trained to do it for many situations of real users, from brainstorming to writing email
        to coding. It can compare two replies or grade a single one, and in both cases explains its verdict in a written
        critique, which makes it open to inspection. Training data pairs user questions and model outputs with judgments
        guided by criteria for each scenario. On a new test of 58 scenarios it agrees with people more often than most
        open and commercial evaluators.

        A Probabilistic Inference Approach to Inference-Time Scaling of LLMs using Particle-Based Monte Carlo Methods
        (2025)

        Spending more computation while answering can lift a small model above a large one, but searching for the answer
        with the highest reward goes astray where the reward model errs. The authors treat the matter statistically
        instead: partial solutions are states of a hidden process, the reward says how plausible each is, and the task
        is to sample typical good solutions. A particle filter does this. Many solution paths are extended in parallel,
        weighted, and resampled, so promising ones multiply without others dying too soon. In mathematical reasoning it
        scales several times better than beam search and related test-time methods.

        Holistic Evaluation of Language Models (2022)

        HELM sets out to test language models broadly and under equal conditions. A grid of scenarios, who asks for what
        in which language and domain, meets a grid of desired properties: accuracy is joined by calibration, fairness,
        toxicity, bias, efficiency and robustness, all measured together wherever possible. Thirty prominent models,
        open and closed, were run on the same core scenarios with the same few-shot prompts, where earlier comparisons
        had hardly overlapped. The report also says plainly what is not covered yet. Prompts, outputs and software are
        public, so that the benchmark can grow with new models.

        TPTU-v2: Boosting Task Planning and Tool Usage of Large Language Model-based Agents in Real-world Systems (2023)

        Agents in companies face hundreds of similar APIs whose descriptions do not fit in a prompt, and tasks that
        require the right order of calls. This framework for task planning and tool usage has three parts. A retriever
        finds the few APIs that a request may need. A fine-tuned model learns from domain data how to plan sub-tasks and
        fill in call arguments. A selector chooses demonstrations that set apart tools which are easily mistaken for
        each other, for in-context learning. Trials in a commercial system and on an academic benchmark show what every
        component contributes.

        Think Beyond Size: Adaptive Prompting for More Effective Reasoning (2024)

        Chain-of-thought prompts are usually written once and used for every question, easy or hard. Adaptive Prompting
        alters them as it goes: the prompt is adjusted to the difficulty of the problem, guided sub-questions lead the
        model, intermediate results are checked, and a step that fails its check is corrected before continuing. With
        this loop small models come near to much larger ones on word problems in arithmetic, logic puzzles and questions
        of common sense, which suggests that good reasoning depends on more than parameter count. It takes no training,
        and costs little beyond several short calls.

        EVOLvE: Evaluating and Optimizing LLMs For Exploration (2024)

        Choosing restaurants, one must sometimes try a new place to learn whether it is better; this is exploration. Are
        language models able to do it? EVOLvE tests them on multi-armed bandits, with and without context, of rising
        difficulty, and finds that they often settle too early on a familiar option. Two kinds of help are tried.
        Summaries computed by the classic upper-confidence-bound rule are given at inference, or traces of this optimal
        algorithm are distilled into the model by examples or fine-tuning. Either way small models overtake bigger ones,
        and regret curves show how well each of them explores.

        TACT: Advancing Complex Aggregative Reasoning with Information Extraction Tools (2024)

        Answering "how many of the listed films won a prize before 1990?" takes reading, collecting and arithmetic. TACT
        is a dataset of such aggregation questions about short texts, written by experts on top of existing pairs of
        text and table. Current language models answer fewer than two out of five correctly. To find out where they
        fail, the task is split in three: draw up the table, write the Pandas command, run it; each of them goes wrong
        often. Giving the model separate tools for these steps, each realised by a few-shot prompt, improves the outcome
        over ordinary prompting.

        Prompt Recursive Search: A Living Framework with Adaptive Growth in LLM Auto-Prompting (2024)

        Hand-written prompts such as chain of thought treat all problems alike and waste tokens on simple ones, whereas
        prompts invented by the model itself can pile one mistake upon another. Prompt Recursive Search lies between.
        The model first estimates how complex a question is; a simple one is answered at once, a complex one is broken
        into parts, each with a prompt of its own, and the same procedure is applied to the parts until they are simple.
        The structure of the prompts thus grows like a living tree. On BIG-Bench Hard, accuracy with small models such
        as Llama3-7B rises clearly.
        """
}
